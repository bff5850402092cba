import type { Cancel, Clock } from '../../src/shared/clock.ts';

interface Timer {
  readonly at: number;
  readonly seq: number;
  readonly fn: () => void;
}

/**
 * A wall clock that can be set and timers that it does not touch, as in the real world: timers follow the time that passes.
 * Fires them in order of their time, then of their making.
 */
export class SimClock implements Clock {
  /** Milliseconds that have passed. */
  passed = 0;
  #offset = 1_700_000_000_000;
  readonly #timers = new Set<Timer>();
  #seq = 0;

  now(): number {
    return this.passed + this.#offset;
  }

  after(delayMs: number, fn: () => void): Cancel {
    const timer = { at: this.passed + Math.max(0, delayMs), seq: this.#seq++, fn };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Somebody sets the wall clock, forwards or back; no time passes. */
  jump(ms: number): void {
    this.#offset += ms;
  }

  /** Fires what is due next, if that is not after `until`; false where there is nothing, and `until` is now. */
  fireNext(until: number): boolean {
    const due: Timer[] = [];
    let at = until;
    for (const timer of this.#timers) {
      if (timer.at > at) continue;
      if (timer.at < at) due.length = 0;
      at = timer.at;
      due.push(timer);
    }
    this.passed = Math.max(this.passed, at);
    for (const timer of due.sort((a, b) => a.seq - b.seq)) if (this.#timers.delete(timer)) timer.fn();
    return due.length > 0;
  }
}

/** The clock as one process sees it: its timers end with it. */
export class ProcessClock implements Clock {
  readonly #clock: Clock;
  readonly #cancels = new Set<Cancel>();
  #dead = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  after(delayMs: number, fn: () => void): Cancel {
    if (this.#dead) return () => undefined;
    const forget = this.#clock.after(delayMs, () => {
      this.#cancels.delete(forget);
      fn();
    });
    this.#cancels.add(forget);
    return () => {
      this.#cancels.delete(forget);
      forget();
    };
  }

  /** `kill -9`: nothing of the process goes on. */
  kill(): void {
    this.#dead = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
