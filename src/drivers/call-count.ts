import type { Activity } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { resolvable, type Resolvable } from '../shared/resolvable.ts';

/** What clients ask for; everything else is our own looking after a server. */
const CALLS = new Set(['tools/call', 'prompts/get', 'resources/read', 'completion/complete']);

/** True for a method by which clients use a service. */
export function isCall(method: string): boolean {
  return CALLS.has(method);
}

/** Counts the calls of clients that one instance answers: what a roll-out waits for, and what keeps a service awake. */
export class CallCount {
  readonly #clock: Clock;
  #inFlight = 0;
  #lastAtMs: number | undefined;
  #whenIdle: Resolvable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get activity(): Activity {
    return { inFlight: this.#inFlight, ...(this.#lastAtMs === undefined ? {} : { lastAtMs: this.#lastAtMs }) };
  }

  /** Resolves when no call is in flight; at once where none is. */
  idle(): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    this.#whenIdle ??= resolvable();
    return this.#whenIdle.promise;
  }

  /** Runs a request, and counts it where it is a client's. */
  async run<T>(method: string, isProbe: boolean, request: () => Promise<T>): Promise<T> {
    if (isProbe || !isCall(method)) return request();
    this.#inFlight++;
    this.#lastAtMs = this.#clock.now();
    try {
      return await request();
    } finally {
      this.#inFlight--;
      this.#lastAtMs = this.#clock.now();
      if (this.#inFlight === 0) this.#tellIdle();
    }
  }

  #tellIdle(): void {
    this.#whenIdle?.resolve();
    this.#whenIdle = undefined;
  }
}
