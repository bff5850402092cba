import type { RefreshHint, Snapshot } from '../reconcile/ports.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { pause } from '../shared/pause.ts';

/** One pass over the folder, as the loop asks for it. */
export interface PassRequest {
  /** What the writers said, of every refresh that this pass answers. */
  readonly hints: readonly RefreshHint[];
  /** When a restless folder is taken as it is. */
  readonly deadlineMs: number;
  /** Fires when the source closes. */
  readonly signal: AbortSignal;
}

export interface PassResult {
  readonly snapshot: Snapshot;
  /** The next pass begins after so many milliseconds without any signal. */
  readonly againMs: number;
  /** How long a scan takes: the next one begins that much before the quiet time is over. */
  readonly leadMs: number;
}

interface Waiter {
  readonly hint: RefreshHint | undefined;
  readonly resolve: (snapshot: Snapshot) => void;
  readonly reject: (reason: unknown) => void;
}

/** Of a source that nobody signals only `pollMs` matters. */
interface LoopIntervals {
  /** Without a signal before a pass. */
  readonly quietMs: number;
  readonly stableMs: number;
  readonly maxWaitMs: number;
  /** After a pass that failed. */
  readonly pollMs: number;
}

interface LoopParts {
  readonly clock: Clock;
  readonly intervals: LoopIntervals;
  /** What a pass is, for messages: `looking at the folder`. */
  readonly what: string;
  /** After which whoever waits for a pass gives up; the pass goes on. */
  readonly deadlineMs: number;
  readonly run: (request: PassRequest) => Promise<PassResult>;
  readonly warn: (message: string) => void;
}

/**
 * Decides when a pass begins: at once for a refresh, after the quiet time for a signal, else by the clock. One pass at a time;
 * whatever arrives during one is answered by the next, all together (reconcile-behaviour §6.3.1).
 */
export class PassLoop {
  readonly #parts: LoopParts;
  readonly #closing = new AbortController();
  #waiters: Waiter[] = [];
  #dirty: { readonly sinceMs: number; readonly lastMs: number } | undefined;
  #nextMs = Number.POSITIVE_INFINITY;
  #wake: () => void = () => undefined;
  #done: Promise<void> | undefined;
  #leadMs = 0;

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  /** Something may have changed. */
  signal(): void {
    const now = this.#parts.clock.now();
    this.#dirty = { sinceMs: this.#dirty?.sinceMs ?? now, lastMs: now };
    this.#wake();
  }

  /** A pass that begins after this call. Rejects where the signal fires first, the pass fails, or the source closes. */
  async request(hint?: RefreshHint, signal?: AbortSignal): Promise<Snapshot> {
    signal?.throwIfAborted();
    if (this.#closing.signal.aborted) throw new ClarityError('NotReady', 'the source is closed');
    const answer = new Promise<Snapshot>((resolve, reject) => this.#waiters.push({ hint, resolve, reject }));
    this.#wake();
    this.#done ??= this.#drive();
    const { clock, what, deadlineMs } = this.#parts;
    return withDeadline(clock, what, deadlineMs, signal, () => answer);
  }

  /** Ends the running pass and waits for it. */
  async close(): Promise<void> {
    this.#closing.abort(new ClarityError('NotReady', 'the source is closed'));
    this.#wake();
    await this.#done;
    for (const { reject } of this.#waiters.splice(0)) reject(this.#closing.signal.reason);
  }

  async #drive(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      await this.#untilDue();
      if (signal.aborted) return;
      await this.#pass(signal);
    }
  }

  async #pass(signal: AbortSignal): Promise<void> {
    const { clock, intervals, what, run, warn } = this.#parts;
    const waiters = this.#waiters.splice(0);
    const sinceMs = waiters.length > 0 ? clock.now() : (this.#dirty?.sinceMs ?? clock.now());
    this.#dirty = undefined;
    const hints = waiters.map(({ hint }) => hint).filter((hint) => hint !== undefined);
    try {
      const { snapshot, againMs, leadMs } = await run({ hints, deadlineMs: sinceMs + intervals.maxWaitMs, signal });
      this.#leadMs = leadMs;
      this.#nextMs = clock.now() + againMs;
      for (const { resolve } of waiters) resolve(snapshot);
    } catch (error) {
      this.#nextMs = clock.now() + intervals.pollMs;
      if (!signal.aborted) warn(`${what} failed: ${String(error)}`);
      for (const { reject } of waiters) reject(error);
    }
  }

  async #untilDue(): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#closing.signal.aborted) {
      const leftMs = this.#dueMs() - clock.now();
      if (leftMs <= 0) return;
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      await pause(clock, leftMs, woken.signal);
    }
  }

  #dueMs(): number {
    if (this.#waiters.length > 0) return 0;
    if (this.#dirty === undefined) return this.#nextMs;
    const { quietMs, stableMs, maxWaitMs } = this.#parts.intervals;
    const scanAt = this.#dirty.lastMs + Math.max(stableMs, quietMs - this.#leadMs);
    return Math.min(scanAt, this.#dirty.sinceMs + maxWaitMs, this.#nextMs);
  }
}
