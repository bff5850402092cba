import type { QueueMetrics } from '../reconcile/ports.ts';
import type { Cancel, Clock } from '../shared/clock.ts';

/**
 * Keys to work on, with the semantics of client-go's work queue (reconcile-behaviour §4): N adds before the work are one run,
 * no key is handed out twice at once, an add during the work runs it once more afterwards, first come first served.
 * The delaying layer keeps the earlier of two times.
 */
export class WorkQueue<K> {
  readonly #clock: Clock;
  readonly #metrics: QueueMetrics<K> | undefined;
  /** In order of arrival; a key here is dirty and not in work. */
  readonly #queue = new Set<K>();
  readonly #dirty = new Set<K>();
  readonly #processing = new Set<K>();
  readonly #delayed = new Map<K, number>();
  /** Time -> the keys that are due then: one timer for all of them. */
  readonly #dates = new Map<number, { readonly keys: Set<K>; readonly cancel: Cancel }>();
  readonly #takers: ((key: K | undefined) => void)[] = [];
  #closed = false;

  constructor(clock: Clock, metrics?: QueueMetrics<K>) {
    this.#clock = clock;
    this.#metrics = metrics;
  }

  /** Keys waiting for a worker; those in work or delayed are not counted. */
  get depth(): number {
    return this.#queue.size;
  }

  /** Asks for a run of `key`. Ignored after close. */
  add(key: K): void {
    if (this.#closed || this.#dirty.has(key)) return;
    this.#dirty.add(key);
    this.#metrics?.added(key);
    if (this.#processing.has(key)) return;
    this.#queue.add(key);
    this.#hand();
  }

  /** Asks for a run of `key` in `delayMs`; an earlier date that was already asked for stands. */
  addAfter(key: K, delayMs: number): void {
    if (this.#closed) return;
    const at = this.#clock.now() + delayMs;
    const known = this.#delayed.get(key);
    if (known !== undefined && known <= at) return;
    this.cancelDelay(key);
    this.#delayed.set(key, at);
    const date = this.#dates.get(at);
    if (date !== undefined) date.keys.add(key);
    else this.#dates.set(at, { keys: new Set([key]), cancel: this.#clock.after(delayMs, () => this.#due(at)) });
  }

  /** Forgets the date of `key`: the worker that just looked sets a new one. */
  cancelDelay(key: K): void {
    const at = this.#delayed.get(key);
    if (at === undefined) return;
    this.#delayed.delete(key);
    const date = this.#dates.get(at);
    date?.keys.delete(key);
    if (date?.keys.size !== 0) return;
    date.cancel();
    this.#dates.delete(at);
  }

  /** The next key, which must be given back with `done`; undefined once the queue is closed. */
  take(): Promise<K | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#takers.push(resolve);
      this.#hand();
    });
  }

  /** Ends the work on `key`; runs it again where it was added meanwhile. */
  done(key: K): void {
    this.#processing.delete(key);
    this.#metrics?.done(key);
    if (!this.#dirty.has(key) || this.#closed) return;
    this.#queue.add(key);
    this.#hand();
  }

  /** Drops what waits and lets every taker go. */
  close(): void {
    this.#closed = true;
    for (const { cancel } of this.#dates.values()) cancel();
    this.#dates.clear();
    this.#delayed.clear();
    this.#queue.clear();
    this.#dirty.clear();
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #due(at: number): void {
    const keys = this.#dates.get(at)?.keys ?? [];
    this.#dates.delete(at);
    for (const key of keys) {
      this.#delayed.delete(key);
      this.add(key);
    }
  }

  #hand(): void {
    for (const key of this.#queue) {
      const taker = this.#takers.shift();
      if (taker === undefined) return;
      this.#queue.delete(key);
      this.#dirty.delete(key);
      this.#processing.add(key);
      this.#metrics?.taken(key);
      taker(key);
    }
  }
}
