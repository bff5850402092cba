import type { CallMetrics, CallOutcome, Identity } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { METRICS } from './table.ts';

const BOUNDS_MS = METRICS.clarity_tool_call_duration_seconds.buckets.map((seconds) => seconds * 1000);

/** What is known of the calls of one service. */
export interface CallTally {
  readonly outcomes: Readonly<Partial<Record<CallOutcome, number>>>;
  /** Calls by duration: one number for each bound of the table that no earlier bound holds, then those above all. */
  readonly durations: readonly number[];
  readonly sumMs: number;
}

interface Tally extends CallTally {
  readonly outcomes: Partial<Record<CallOutcome, number>>;
  readonly durations: number[];
  sumMs: number;
}

/** Counts calls in plain numbers: prom-client's own counters would cost each call a text made of its labels. */
export class CallMeter implements CallMetrics {
  readonly #clock: Clock;
  readonly #tallies = new Map<Identity, Tally>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(service: Identity): (outcome: CallOutcome) => void {
    // Held by the call: one that outlives its service counts where nobody looks.
    const tally = this.#tallies.get(service) ?? this.#open(service);
    const begunMs = this.#clock.now();
    return (outcome) => {
      const ms = Math.max(0, this.#clock.now() - begunMs);
      tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
      tally.sumMs += ms;
      let at = 0;
      while (ms > (BOUNDS_MS[at] ?? Infinity)) at++;
      tally.durations[at] = (tally.durations[at] ?? 0) + 1;
    };
  }

  /** Its series end; called when the service is gone. */
  forget(service: Identity): void {
    this.#tallies.delete(service);
  }

  /** By service, of those that have been called. */
  get tallies(): ReadonlyMap<Identity, CallTally> {
    return this.#tallies;
  }

  #open(service: Identity): Tally {
    const tally = { outcomes: {}, durations: new Array<number>(BOUNDS_MS.length + 1).fill(0), sumMs: 0 };
    this.#tallies.set(service, tally);
    return tally;
  }
}
