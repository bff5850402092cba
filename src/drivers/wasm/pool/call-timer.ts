import type { Cancel, Clock } from '../../../shared/clock.ts';
import type { Lapse } from '../../../shared/lapse.ts';

/** The time that one call may take; it can stand still. */
export class CallTimer {
  readonly #clock: Clock;
  readonly #whole: Lapse;
  readonly #fire: () => void;
  readonly #limitMs: number;
  #leftMs: number;
  #startedAt = 0;
  #cancel: Cancel | undefined;

  /** `whole`: waits of `limitMs`, shared by all calls of the program: most calls are over in their first. */
  constructor(clock: Clock, limitMs: number, whole: Lapse, fire: () => void) {
    this.#clock = clock;
    this.#whole = whole;
    this.#limitMs = limitMs;
    this.#leftMs = limitMs;
    this.#fire = fire;
  }

  /** Runs on; harmless where it runs. */
  start(): void {
    if (this.#cancel !== undefined) return;
    this.#startedAt = this.#clock.now();
    this.#cancel =
      this.#leftMs === this.#limitMs ? this.#whole.begin(this.#fire) : this.#clock.after(this.#leftMs, this.#fire);
  }

  stop(): void {
    if (this.#cancel === undefined) return;
    this.#cancel();
    this.#cancel = undefined;
    // A wall clock may go back.
    this.#leftMs = Math.max(0, this.#leftMs - Math.max(0, this.#clock.now() - this.#startedAt));
  }
}
