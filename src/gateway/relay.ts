import type { CallMetrics, GatewayView, Identity, ServedService, Upstream } from '../reconcile/ports.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import type { Call } from './call.ts';
import type { Circuits } from './circuits/circuits.ts';
import { ProgressRelay } from './recovery/progress-relay.ts';
import type { Recovery } from './recovery/recovery.ts';
import { scopeShows } from './scope.ts';
import type { LogLevels } from './sessions/log-levels.ts';
import type { Session } from './sessions/session.ts';

/** A service and the instance that answers for it. */
interface Serving {
  readonly service: ServedService;
  readonly upstream: Upstream;
}

export interface RelayDeps {
  readonly view: GatewayView;
  readonly circuits: Circuits;
  readonly recovery: Recovery;
  readonly logLevels: LogLevels;
  readonly metrics: CallMetrics | undefined;
}

/** Carries requests to the services: results, errors and unknown keys pass as they come. */
export class Relay {
  readonly #view: GatewayView;
  readonly #circuits: Circuits;
  readonly #recovery: Recovery;
  readonly logLevels: LogLevels;
  /** Told of every call of a tool. */
  readonly metrics: CallMetrics | undefined;

  constructor({ view, circuits, recovery, logLevels, metrics }: RelayDeps) {
    this.#view = view;
    this.#circuits = circuits;
    this.#recovery = recovery;
    this.logLevels = logLevels;
    this.metrics = metrics;
  }

  /** True where the service declared the capability, so that it may be asked. */
  offers(identity: Identity, capability: string): boolean {
    return isJsonObject(this.#view.get(identity)?.interface.capabilities[capability]);
  }

  /**
   * Wakes a service that sleeps. Rejects with RpcError: the upstream's own, or unavailable with `data.sent` false where the service is away or
   * its circuit is open. What met an instance that went away may be repeated, see Recovery.
   */
  async request(identity: Identity, method: string, params: JsonObject, call: Call): Promise<JsonObject> {
    const serving = this.#serving(identity) ?? (await this.#woken(identity, call));
    if (serving === undefined)
      throw new RpcError(RPC.unavailable, `Service ${identity} is not running`, { sent: false, service: identity });
    const { service } = serving;
    let { upstream } = serving;
    const progress = ProgressRelay.of(params, call);
    for (let times = 1; ; times++) {
      try {
        return await this.#send({ service, upstream }, method, params, call, progress);
      } catch (error) {
        const { signal } = call;
        const next = await this.#recovery.next({ service, upstream, method, params, error, times, signal });
        if (next === undefined || signal.aborted) throw error;
        upstream = next;
        progress?.again();
      }
    }
  }

  /** The roots of a client are others now: the services that it sees may ask for them again (mcp-gateway §4.7). */
  rootsChanged({ client, terms: { scope } }: Session): void {
    const { roots } = client.capabilities;
    if (!isJsonObject(roots) || roots.listChanged !== true) return;
    for (const service of this.#view.served())
      if (scopeShows(scope, service.identity, this.#view)) service.upstream()?.clientChanged?.(client);
  }

  /** What answers now; on the path of every call. */
  #serving(identity: Identity): Serving | undefined {
    const service = this.#view.get(identity);
    const upstream = service?.upstream();
    return service === undefined || upstream === undefined ? undefined : { service, upstream };
  }

  /** What answers once it is awake; undefined where nothing of it sleeps. */
  async #woken(identity: Identity, { signal }: Call): Promise<Serving | undefined> {
    const service = this.#view.get(identity);
    const upstream = await service?.wake?.(signal);
    return service === undefined || upstream === undefined ? undefined : { service, upstream };
  }

  async #send(
    { service, upstream }: Serving,
    method: string,
    params: JsonObject,
    call: Call,
    progress: ProgressRelay | undefined,
  ): Promise<JsonObject> {
    const tool = method === 'tools/call' && typeof params.name === 'string' ? params.name : undefined;
    const { caller } = call;
    const passage = this.#circuits.enter(upstream.ref, tool);
    try {
      const result = await upstream.request(method, params, {
        signal: call.signal,
        timeoutMs: call.timeoutMs ?? service.limits.timeoutMs,
        ...(call.timeoutMs === undefined ? {} : { maxTotalMs: call.timeoutMs }),
        ...(service.session === undefined ? {} : { session: service.session }),
        ...(progress === undefined ? {} : { onProgress: (params) => progress.take(params) }),
        ...(caller === undefined ? {} : { caller: call.tasks.callerFor(caller, service, call) }),
      });
      this.#circuits.answered(passage, result.isError === true);
      return result;
    } catch (error) {
      this.#circuits.failed(passage, error, call.signal.aborted);
      throw error;
    }
  }
}
