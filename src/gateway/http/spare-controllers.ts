import { getEventListeners } from 'node:events';

const MAX_SPARE = 64;

/**
 * Abort controllers of calls that are over: a signal is the costliest object of a short call, so one that nobody has fired and nobody listens to
 * is used again.
 */
export class SpareControllers {
  readonly #spare: AbortController[] = [];

  take(): AbortController {
    return this.#spare.pop() ?? new AbortController();
  }

  /** Whoever gives one back must not abort it any more. */
  giveBack(controller: AbortController): void {
    const { signal } = controller;
    if (signal.aborted || this.#spare.length >= MAX_SPARE || getEventListeners(signal, 'abort').length > 0) return;
    this.#spare.push(controller);
  }
}
