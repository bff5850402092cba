import type { CircuitSettings } from '../../shared/circuit-settings.ts';
import { CallWindow } from './call-window.ts';

/** An open circuit is half-open after this long: it lets a trial through. */
export const OPEN_MS = 10_000;

/** What whoever meets a running trial is told to wait. */
const TRIAL_WAIT_MS = 1000;

/** What a call that ended says; unknown: nothing, because it never ran or the caller gave it up. */
export type Verdict = 'answered' | 'failed' | 'unknown';

/** What the verdict did; a trial that failed opens it anew. */
export type CircuitChange = 'opened' | 'closed';

/** Half-open: the next call, or the one that is on its way, is on trial. */
export type CircuitState = 'closed' | 'open' | 'half_open';

/**
 * One circuit breaker: closed, open, or half-open with at most one call on trial. Pure: knows the time only from its arguments, and a clock that is
 * put back shortens its wait instead of stretching it.
 */
export class Circuit {
  readonly #settings: CircuitSettings;
  readonly #window: CallWindow;
  /** Undefined while it is closed. */
  #openedAtMs: number | undefined;
  #trial = false;
  /** Rises with each change of state, so that calls of an earlier state have no say. */
  #epoch = 0;

  constructor(settings: CircuitSettings) {
    this.#settings = settings;
    this.#window = new CallWindow(settings.windowMs);
  }

  get open(): boolean {
    return this.#openedAtMs !== undefined;
  }

  state(nowMs: number): CircuitState {
    if (!this.open) return 'closed';
    return this.#trial || this.waitMs(nowMs) === 0 ? 'half_open' : 'open';
  }

  /** The calls that opened it, where it is open. */
  get tally(): { readonly calls: number; readonly failures: number } {
    return { calls: this.#window.calls, failures: this.#window.failures };
  }

  /** 0 where a call may go now. */
  waitMs(nowMs: number): number {
    if (this.#openedAtMs === undefined) return 0;
    if (this.#trial) return TRIAL_WAIT_MS;
    const elapsed = nowMs - this.#openedAtMs;
    return elapsed < 0 ? 0 : Math.max(0, OPEN_MS - elapsed);
  }

  /** Lets a call through, to be asked where waitMs is 0; the ticket is for `settle`, which must follow. */
  enter(): number {
    if (this.open) {
      this.#trial = true;
      this.#epoch += 1;
    }
    return this.#epoch;
  }

  /** The call with that ticket has ended. */
  settle(ticket: number, verdict: Verdict, nowMs: number): CircuitChange | undefined {
    if (ticket !== this.#epoch) return undefined;
    if (this.open) return this.#endTrial(verdict, nowMs);
    if (verdict === 'unknown') return undefined;
    this.#window.add(verdict === 'failed', nowMs);
    const { calls, failures } = this.#window;
    const { minCalls, errorRate } = this.#settings;
    if (verdict === 'answered' || calls < minCalls || failures / calls < errorRate) return undefined;
    this.#change(nowMs);
    return 'opened';
  }

  /** Closes it, unless a trial is about to tell: for one that nobody has tried for so long that what opened it means nothing any more. */
  expire(): boolean {
    if (this.#trial) return false;
    this.#close();
    return true;
  }

  #endTrial(verdict: Verdict, nowMs: number): CircuitChange | undefined {
    this.#trial = false;
    if (verdict === 'answered') {
      this.#close();
      return 'closed';
    }
    // A trial that told nothing leaves it half-open: the next call is the trial.
    this.#change(verdict === 'failed' ? nowMs : this.#openedAtMs);
    return verdict === 'failed' ? 'opened' : undefined;
  }

  #close(): void {
    this.#window.clear();
    this.#change(undefined);
  }

  #change(openedAtMs: number | undefined): void {
    this.#openedAtMs = openedAtMs;
    this.#epoch += 1;
  }
}
