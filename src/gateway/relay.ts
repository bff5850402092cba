import type { CallMetrics, GatewayView, Identity, ServedService, Upstream } from '../reconcile/ports.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import type { Call } from './call.ts';
import type { Circuits } from './circuits/circuits.ts';
import { neverRan } from './circuits/fault.ts';

/** A service and the instance that answers for it. */
interface Serving {
  readonly service: ServedService;
  readonly upstream: Upstream;
}

/** Carries requests to the services: results, errors and unknown keys pass as they come. */
export class Relay {
  readonly #view: GatewayView;
  readonly #circuits: Circuits;
  /** Told of every call of a tool. */
  readonly metrics: CallMetrics | undefined;

  constructor(view: GatewayView, circuits: Circuits, metrics?: CallMetrics) {
    this.#view = view;
    this.#circuits = circuits;
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
    const onProgress = (progress: JsonObject) =>
      call.notify('notifications/progress', { ...progress, progressToken: token });
    try {
      const result = await upstream.request(method, params, {
        signal: call.signal,
        timeoutMs: service.limits.timeoutMs,
        ...(token === undefined ? {} : { onProgress }),
        ...(call.caller === undefined ? {} : { caller: call.caller }),
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
