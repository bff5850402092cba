import type { CallMetrics, GatewayView, Identity } from '../reconcile/ports.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import type { Call } from './call.ts';

/** Carries requests to the services: results, errors and unknown keys pass as they come. */
export class Relay {
  readonly #view: GatewayView;
  /** Told of every call of a tool. */
  readonly metrics: CallMetrics | undefined;

  constructor(view: GatewayView, metrics?: CallMetrics) {
    this.#view = view;
    this.metrics = metrics;
  }

  /** True where the service declared the capability, so that it may be asked. */
  offers(identity: Identity, capability: string): boolean {
    return isJsonObject(this.#view.get(identity)?.interface.capabilities[capability]);
  }

  /** Rejects with RpcError: the upstream's own, or unavailable with `data.sent` false where the service is away. */
  async request(identity: Identity, method: string, params: JsonObject, call: Call): Promise<JsonObject> {
    const service = this.#view.get(identity);
    const upstream = service?.upstream();
    if (service === undefined || upstream === undefined)
      throw new RpcError(RPC.unavailable, `Service ${identity} is not running`, { sent: false, service: identity });
    const token = progressToken(params);
    const onProgress = (progress: JsonObject) =>
      call.notify('notifications/progress', { ...progress, progressToken: token });
    return upstream.request(method, params, {
      signal: call.signal,
      timeoutMs: service.limits.timeoutMs,
      ...(token === undefined ? {} : { onProgress }),
    });
  }
}

/** The caller's token, which comes back to it; the next hop has its own. 0 and "" are tokens like any other (mcp-gateway §4.2). */
function progressToken(params: JsonObject): string | number | undefined {
  const token = isJsonObject(params._meta) ? params._meta.progressToken : undefined;
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}
