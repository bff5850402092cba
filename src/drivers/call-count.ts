import type { Activity } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';

/** What clients ask for; everything else is our own looking after a server. */
const CALLS = new Set(['tools/call', 'prompts/get', 'resources/read', 'completion/complete']);

/** Counts the calls of clients that one instance answers: what a roll-out waits for, and what keeps a service awake. */
export class CallCount {
  readonly #clock: Clock;
  #inFlight = 0;
  #lastAtMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get activity(): Activity {
    return { inFlight: this.#inFlight, ...(this.#lastAtMs === undefined ? {} : { lastAtMs: this.#lastAtMs }) };
  }

  /** Runs a request, and counts it where it is a client's. */
  async run<T>(method: string, isProbe: boolean, request: () => Promise<T>): Promise<T> {
    if (isProbe || !CALLS.has(method)) return request();
    this.#inFlight++;
    this.#lastAtMs = this.#clock.now();
    try {
      return await request();
    } finally {
      this.#inFlight--;
      this.#lastAtMs = this.#clock.now();
    }
  }
}
