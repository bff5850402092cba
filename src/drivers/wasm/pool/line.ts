import type { Call } from './call.ts';
import type { WorkerThread } from './worker-thread.ts';

/** Calls that one thread is sent ahead of their turn. */
const LENGTH = 16;

/**
 * The calls of one program in one thread: the first computes, or is parked; those behind it have been sent ahead, so that the thread need not wait
 * for the daemon between two quick calls. Only who knows that calls are quick lines them up, and takes them back where one is not.
 */
export class Line {
  readonly thread: WorkerThread;
  readonly calls: Call[];
  /** The thread is not used again when the line is empty. */
  isSpent = false;

  constructor(thread: WorkerThread, first: Call) {
    this.thread = thread;
    this.calls = [first];
  }

  get head(): Call | undefined {
    return this.calls[0];
  }

  /** True where one more may be sent ahead. */
  get hasRoom(): boolean {
    return this.calls.length <= LENGTH && this.head?.state === 'computing' && !this.isSpent && !this.thread.isEnding;
  }

  /** Takes the calls out that have not begun, in their order; the first, if it is among them, stays and has to be sent again, or its thread ended. */
  takeBack(): { readonly headHasBegun: boolean; readonly back: readonly Call[] } {
    const turn = this.thread.takeBack();
    const first = this.calls.findIndex(({ number }) => number === turn);
    const back = first === -1 ? [] : this.calls.splice(Math.max(1, first));
    return { headHasBegun: first !== 0, back };
  }
}
