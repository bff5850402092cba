import type { GatewayView, ServedService, Upstream } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { pause } from '../../shared/pause.ts';
import { neverRan } from '../circuits/fault.ts';
import { nextInstance } from './next-instance.ts';
import { isRepeatable } from './repeatable.ts';

/** A pause between two tries never grows beyond this. */
const MAX_BACKOFF_MS = 5000;

/** A request that has failed. */
export interface Failure {
  readonly service: ServedService;
  /** Where it failed. */
  readonly upstream: Upstream;
  readonly method: string;
  /** As the service got them. */
  readonly params: JsonObject;
  readonly error: unknown;
  /** How often it has failed by now, from 1. */
  readonly times: number;
  readonly signal: AbortSignal;
}

/** Decides whether a request that failed goes once more to its service, and to which instance of it. */
export class Recovery {
  readonly #view: GatewayView;
  readonly #clock: Clock;
  readonly #waitMs: number;

  /** `waitMs`: how long a call waits for the instance that takes the place of one that has gone away. */
  constructor(view: GatewayView, clock: Clock, waitMs: number) {
    this.#view = view;
    this.#clock = clock;
    this.#waitMs = waitMs;
  }

  /**
   * The instance to repeat it on; undefined: its caller gets the error. What never ran goes to the instance that has taken over already, once.
   * What may have run is repeated only where that is harmless (isRepeatable): once, on the instance that comes next; at a remote service,
   * whose instance outlives its connections, as often as the manifest's `origin.retry` says.
   */
  async next(failure: Failure): Promise<Upstream | undefined> {
    const { service, upstream, error, times, signal } = failure;
    const lost = wentAway(error);
    if (signal.aborted || !(lost || neverRan(error))) return undefined;
    const repeatable = lost && isRepeatable(service, failure.method, failure.params);
    if (times === 1 && (repeatable || neverRan(error))) {
      const other = await this.#other(failure);
      if (other !== undefined) return other;
    }
    if (!repeatable) return undefined;
    const { retry } = service.limits;
    if (retry === undefined)
      return times === 1
        ? nextInstance(this.#view, this.#clock, upstream, { timeoutMs: this.#waitMs, signal })
        : undefined;
    if (times > retry.max) return undefined;
    await pause(this.#clock, Math.min(MAX_BACKOFF_MS, retry.backoffMs * 2 ** (times - 1)), signal);
    return this.#view.get(service.identity)?.upstream();
  }

  /** Another instance that serves by now, or that a sleeping service wakes. */
  async #other({ service, upstream, signal }: Failure): Promise<Upstream | undefined> {
    const current = this.#view.get(service.identity);
    const found = current?.upstream() ?? (await current?.wake?.(signal));
    return found === undefined || found.ref.id === upstream.ref.id ? undefined : found;
  }
}

/** True where the instance or the connection to it was lost; a circuit that is open is neither. */
function wentAway(error: unknown): boolean {
  if (!(error instanceof RpcError) || error.code !== RPC.unavailable || !isJsonObject(error.data)) return false;
  return typeof error.data.sent === 'boolean' && error.data.reason === undefined;
}
