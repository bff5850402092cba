import type { Cancel } from '../../../shared/clock.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { CallEnded, type CallRequest, type EndReason } from '../sandbox.ts';
import type { CallHandles } from './call-handles.ts';
import type { CallTimer } from './call-timer.ts';
import type { WorkerThread } from './worker-thread.ts';

/**
 * queued → lined up behind another in its thread → computing ⇄ parked; `resuming` has its answer and waits for a slot; `ending`: the caller was answered, the thread is not free yet;
 * `over`: nothing is left of it.
 */
export type CallState = 'queued' | 'lined' | 'computing' | 'parked' | 'resuming' | 'ending' | 'over';

let calls = 0;

/** One call from its beginning to its end; ProgramCalls moves it from state to state. */
export class Call {
  /** No other call of the daemon has it. */
  readonly id = ++calls;
  readonly request: CallRequest;
  readonly queuedAt: number;
  state: CallState = 'queued';
  /** While it is not queued. */
  thread: WorkerThread | undefined;
  /** In its thread. */
  number = 0;
  timer: CallTimer | undefined;
  /** True while it computes, to the end of its thread. */
  holdsSlot = false;
  /** Set while it comes out of its module. */
  cancelUnwind: Cancel | undefined;
  /** Made when it first asks for something outside. */
  outside: { readonly controller: AbortController; readonly handles: CallHandles } | undefined;
  /** Its caller has its answer. */
  isAnswered = false;
  readonly #resolve: (result: JsonObject) => void;
  readonly #reject: (error: CallEnded) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort: (() => void) | undefined;

  constructor(
    request: CallRequest,
    queuedAt: number,
    answer: { readonly resolve: (result: JsonObject) => void; readonly reject: (error: CallEnded) => void },
    signal: AbortSignal | undefined,
    cancel: (call: Call) => void,
  ) {
    this.request = request;
    this.queuedAt = queuedAt;
    this.#resolve = answer.resolve;
    this.#reject = answer.reject;
    this.#signal = signal;
    if (signal === undefined) return;
    this.#onAbort = () => cancel(this);
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Answers the caller. */
  succeed(result: JsonObject): void {
    this.#resolve(result);
    this.#finish();
  }

  /** Answers the caller, too. */
  fail(reason: EndReason, message: string, cause?: unknown): void {
    this.#reject(new CallEnded(reason, message, cause === undefined ? undefined : { cause }));
    this.#finish();
  }

  /** Nothing of what it has begun goes on. */
  #finish(): void {
    this.isAnswered = true;
    this.timer?.stop();
    if (this.#onAbort !== undefined) this.#signal?.removeEventListener('abort', this.#onAbort);
    if (this.outside === undefined) return;
    this.outside.controller.abort(new Error('the call is over'));
    this.outside.handles.closeAll();
  }
}
