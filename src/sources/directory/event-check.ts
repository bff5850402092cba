import type { Cancel, Clock } from '../../shared/clock.ts';

interface EventCheckParts {
  readonly clock: Clock;
  /** How long an event may lag behind the change that a scan found. */
  readonly graceMs: number;
  /** `inARow`: misses since the last change that was announced. */
  readonly onMiss: (inARow: number) => void;
}

/** Holds the scans against the events: a change that nothing announced is a miss (reconcile-behaviour §6.3.9). */
export class EventCheck {
  readonly #parts: EventCheckParts;
  #misses = 0;
  #countBefore = 0;
  #pending: Cancel = () => undefined;
  /** Events heard so far; taken before a scan and handed to `compare` after it. */
  count = 0;

  constructor(parts: EventCheckParts) {
    this.#parts = parts;
  }

  heard(): void {
    this.count += 1;
  }

  compare(changed: boolean, countAtScan: number): void {
    const announced = this.count !== this.#countBefore;
    this.#countBefore = countAtScan;
    if (!changed) return;
    if (announced) {
      this.#misses = 0;
      return;
    }
    const mark = this.count;
    this.#pending();
    this.#pending = this.#parts.clock.after(this.#parts.graceMs, () => {
      if (this.count === mark) this.#parts.onMiss(++this.#misses);
    });
  }

  close(): void {
    this.#pending();
  }
}
