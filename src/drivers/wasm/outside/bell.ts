import type { Clock } from '../../../shared/clock.ts';

/** Timers take no longer delays. */
const LONGEST_MS = 2 ** 31 - 1;

export interface Patience {
  readonly clock: Clock;
  /** What a module passed: less than nothing is nothing. */
  readonly ms: bigint;
  readonly signal: AbortSignal;
}

/** How one side says to the other that something has come. */
export class Bell {
  readonly #waiting = new Set<() => void>();

  ring(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** What `take` gives, asked at once and after each ring; undefined when the time is over or the signal fires. */
  async until<T>(take: () => T | undefined, { clock, ms, signal }: Patience): Promise<T | undefined> {
    let over = ms <= 0n;
    const stop = () => {
      over = true;
      this.ring();
    };
    const cancel = over ? undefined : clock.after(asDelay(ms), stop);
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const taken = signal.aborted ? undefined : take();
        if (taken !== undefined || over || signal.aborted) return taken;
        await this.#rung();
      }
    } finally {
      cancel?.();
      signal.removeEventListener('abort', stop);
    }
  }

  #rung(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}

/** Milliseconds of a module as a timer takes them. */
export function asDelay(ms: bigint): number {
  return Math.min(LONGEST_MS, Math.max(0, Number(ms)));
}
