import type { Clock } from '../shared/clock.ts';
import { resolvable } from '../shared/resolvable.ts';

/** The calls that an instance still answers before it ends. Whoever wants it to end brings a bound; the first that is over holds for all. */
export class Drain {
  readonly #clock: Clock;
  readonly #over = resolvable();

  /** `idle` resolves when no call is in flight. */
  constructor(clock: Clock, idle: Promise<void>) {
    this.#clock = clock;
    void idle.then(this.#over.resolve);
  }

  /** Resolves when it is idle, after `boundMs`, or when the signal fires; for everybody who waits. */
  async wait(boundMs: number, signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = this.#over;
    if (boundMs <= 0 || signal?.aborted === true) resolve();
    const cancel = this.#clock.after(boundMs, resolve);
    signal?.addEventListener('abort', resolve, { once: true });
    await promise;
    cancel();
    signal?.removeEventListener('abort', resolve);
  }
}
