import type { CallMetrics, GatewayView, Identity, ServedService, Upstream } from '../reconcile/ports.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import type { Call } from './call.ts';
import type { Circuits } from './circuits/circuits.ts';
import { neverRan } from './circuits/fault.ts';
import { presentCaller } from './present-caller.ts';
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
  readonly logLevels: LogLevels;
  readonly metrics: CallMetrics | undefined;
}

/** Carries requests to the services: results, errors and unknown keys pass as they come. */
export class Relay {
  readonly #view: GatewayView;
  readonly #circuits: Circuits;
  readonly logLevels: LogLevels;
  /** Told of every call of a tool. */
  readonly metrics: CallMetrics | undefined;

  constructor({ view, circuits, logLevels, metrics }: RelayDeps) {
    this.#view = view;
    this.#circuits = circuits;
    this.logLevels = logLevels;
    this.metrics = metrics;
  }

  /** True where the service declared the capability, so that it may be asked. */
  offers(identity: Identity, capability: string): boolean {
    return isJsonObject(this.#view.get(identity)?.interface.capabilities[capability]);
  }

  /**
   * Wakes a service that sleeps. Rejects with RpcError: the upstream's own, or unavailable with `data.sent` false where the service is away or
   * its circuit is open. What met an instance that was just being replaced, and so never ran, goes to the one that serves now, once.
   */
  async request(identity: Identity, method: string, params: JsonObject, call: Call): Promise<JsonObject> {
    const serving = this.#serving(identity) ?? (await this.#woken(identity, call));
    if (serving === undefined)
      throw new RpcError(RPC.unavailable, `Service ${identity} is not running`, { sent: false, service: identity });
    try {
      return await this.#send(serving, method, params, call);
    } catch (error) {
      if (!neverRan(error) || call.signal.aborted) throw error;
      const next = this.#serving(identity) ?? (await this.#woken(identity, call));
      if (next === undefined || next.upstream.ref.id === serving.upstream.ref.id) throw error;
      return this.#send(next, method, params, call);
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

  async #send({ service, upstream }: Serving, method: string, params: JsonObject, call: Call): Promise<JsonObject> {
    const tool = method === 'tools/call' && typeof params.name === 'string' ? params.name : undefined;
    const passage = this.#circuits.enter(upstream.ref, tool);
    const token = progressToken(params);
    const { caller } = call;
    const onProgress = (progress: JsonObject) =>
      call.notify('notifications/progress', { ...progress, progressToken: token });
    try {
      const result = await upstream.request(method, params, {
        signal: call.signal,
        timeoutMs: service.limits.timeoutMs,
        ...(token === undefined ? {} : { onProgress }),
        ...(caller === undefined ? {} : { caller: presentCaller(caller, service, call.catalog.scope) }),
      });
      this.#circuits.answered(passage, result.isError === true);
      return result;
    } catch (error) {
      this.#circuits.failed(passage, error, call.signal.aborted);
      throw error;
    }
  }
}

/** The caller's token, which comes back to it; the next hop has its own. 0 and "" are tokens like any other (mcp-gateway §4.2). */
function progressToken(params: JsonObject): string | number | undefined {
  const token = isJsonObject(params._meta) ? params._meta.progressToken : undefined;
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}
