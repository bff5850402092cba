import type { Cancel, Clock } from '../../../shared/clock.ts';

/** The time that one call may take; it can stand still. */
export class CallTimer {
  readonly #clock: Clock;
  readonly #fire: () => void;
  #leftMs: number;
  #startedAt = 0;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, limitMs: number, fire: () => void) {
    this.#clock = clock;
    this.#leftMs = limitMs;
    this.#fire = fire;
  }

  /** Runs on; harmless where it runs. */
  start(): void {
    if (this.#cancel !== undefined) return;
    this.#startedAt = this.#clock.now();
    this.#cancel = this.#clock.after(this.#leftMs, this.#fire);
  }

  stop(): void {
    if (this.#cancel === undefined) return;
    this.#cancel();
    this.#cancel = undefined;
    // A wall clock may go back.
    this.#leftMs = Math.max(0, this.#leftMs - Math.max(0, this.#clock.now() - this.#startedAt));
  }
}
