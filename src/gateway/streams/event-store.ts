import type { Cancel, Clock } from '../../shared/clock.ts';
import { EventLog, type LogLimits } from './event-log.ts';

export interface StoreLimits extends LogLimits {
  readonly eventBytes: number;
  readonly eventTtlMs: number;
}

/** Every log of the gateway. Where they hold too much together, the largest one is halved: who sends most forgets first (mcp-gateway §1.9). */
export class EventStore {
  readonly #clock: Clock;
  readonly #limits: StoreLimits;
  readonly #logs = new Set<EventLog>();
  #size = 0;
  #cancelSweep: Cancel | undefined;

  constructor(clock: Clock, limits: StoreLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Bytes held, as EventLog counts them. */
  get size(): number {
    return this.#size;
  }

  /** A log that counts until it is released. */
  open(): EventLog {
    const log: EventLog = new EventLog(this.#limits, (bytes) => {
      if (!this.#logs.has(log)) return;
      if (bytes > 0) this.#makeRoom(bytes);
      this.#size += bytes;
    });
    this.#logs.add(log);
    this.#cancelSweep ??= this.#armSweep();
    return log;
  }

  /** The log counts no more: its owner holds it only until its last reader has gone. */
  release(log: EventLog): void {
    if (this.#logs.delete(log)) this.#size -= log.size;
  }

  now(): number {
    return this.#clock.now();
  }

  close(): void {
    this.#cancelSweep?.();
  }

  #makeRoom(bytes: number): void {
    while (this.#size > 0 && this.#size + bytes > this.#limits.eventBytes) {
      let largest: EventLog | undefined;
      for (const log of this.#logs) if (log.size > (largest?.size ?? 0)) largest = log;
      largest?.shrink(Math.floor(largest.size / 2));
    }
  }

  #armSweep(): Cancel {
    return this.#clock.after(this.#limits.eventTtlMs / 4, () => {
      const before = this.#clock.now() - this.#limits.eventTtlMs;
      for (const log of this.#logs) log.expire(before);
      this.#cancelSweep = this.#logs.size === 0 ? undefined : this.#armSweep();
    });
  }
}
