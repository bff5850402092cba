import type { RequestOptions } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { JsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';

/** The factor between one silence and the whole of a request where the caller names no total (ports.ts, RequestOptions). */
const TOTAL_FACTOR = 10;

/** One request in flight. Whatever settles it first wins; later words are ignored. */
export interface Call {
  readonly method: string;
  readonly options: RequestOptions;
  readonly answer: Promise<JsonObject>;
  /** Fires when the call was given up or the session ended: the channel may let go of it. */
  readonly abandoned: AbortSignal;
  /** A sign of life: goes to the caller at once and starts the idle time anew. */
  progress(params: JsonObject): void;
  /** Stops the idle time, while somebody is asked for its sake, until the function that it gives is called; the total goes on. */
  rest(): () => void;
  resolve(result: JsonObject): void;
  reject(error: Error): void;
  /** Rejects, and lets go of the channel. */
  abandon(error: Error): void;
}

/**
 * Starts the two timers (idle and total) and heeds the caller's signal. `onGiveUp` runs when one of them ends the call,
 * just before `answer` rejects with RpcError RPC.timeout {sent: true}: the moment to tell the server.
 */
export function openCall(
  clock: Clock,
  method: string,
  options: RequestOptions,
  onGiveUp: (error: RpcError) => void,
): Call {
  const { signal, timeoutMs, maxTotalMs = timeoutMs * TOTAL_FACTOR, onProgress } = options;
  const given = new AbortController();
  let settled = false;
  let settle!: { resolve: (result: JsonObject) => void; reject: (error: Error) => void };
  const answer = new Promise<JsonObject>((resolve, reject) => {
    settle = { resolve, reject };
  });

  const once = (act: () => void) => {
    if (settled) return;
    settled = true;
    cancelIdle();
    cancelTotal();
    signal?.removeEventListener('abort', onAbort);
    act();
  };
  const abandon = (error: Error) =>
    once(() => {
      settle.reject(error);
      given.abort(error);
    });
  const giveUp = (error: RpcError) => {
    if (!settled) onGiveUp(error);
    abandon(error);
  };
  const late = (ms: number) =>
    giveUp(new RpcError(RPC.timeout, `${method} was not answered within ${ms} ms`, { sent: true }));
  const onAbort = () =>
    giveUp(new RpcError(RPC.timeout, `${method} was cancelled`, { sent: true }, { cause: signal?.reason }));

  let resting = 0;
  const armIdle = () => clock.after(timeoutMs, () => late(timeoutMs));
  let cancelIdle = armIdle();
  const cancelTotal = clock.after(maxTotalMs, () => late(maxTotalMs));
  signal?.addEventListener('abort', onAbort, { once: true });

  const restart = () => {
    cancelIdle();
    if (!settled && resting === 0) cancelIdle = armIdle();
  };

  return {
    method,
    options,
    answer,
    abandoned: given.signal,
    progress: (params) => {
      if (settled) return;
      restart();
      onProgress?.(params);
    },
    rest: () => {
      resting += 1;
      restart();
      return () => {
        resting -= 1;
        restart();
      };
    },
    resolve: (result) => once(() => settle.resolve(result)),
    reject: (error) => once(() => settle.reject(error)),
    abandon,
  };
}
