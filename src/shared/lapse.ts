import type { Cancel, Clock } from './clock.ts';

/**
 * Many waits of one length on one timer: to begin one and to give it up again, which is what nearly all of them come to, costs no timer of the
 * system. Each fires as late as its own timer would.
 */
export class Lapse {
  readonly #clock: Clock;
  readonly #delayMs: number;
  /** The oldest first. */
  readonly #waits = new Set<{ readonly until: number; readonly fire: () => void }>();
  #armed = false;

  /** `delayMs`: milliseconds from the beginning of a wait to its end. */
  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** Begins a wait; what it answers gives it up. */
  begin(fire: () => void): Cancel {
    const wait = { until: this.#clock.now() + this.#delayMs, fire };
    this.#waits.add(wait);
    if (!this.#armed) this.#arm(this.#delayMs);
    return () => void this.#waits.delete(wait);
  }

  #arm(delayMs: number): void {
    this.#armed = true;
    this.#clock.after(delayMs, () => this.#look());
  }

  #look(): void {
    this.#armed = false;
    const now = this.#clock.now();
    for (const wait of this.#waits) {
      // A wall clock may go back: then it is waited for anew, never longer than the whole time.
      const left = Math.min(wait.until - now, this.#delayMs);
      if (left > 0) return this.#arm(left);
      this.#waits.delete(wait);
      wait.fire();
    }
  }
}
