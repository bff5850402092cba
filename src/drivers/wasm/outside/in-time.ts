import { DeadlineError, withDeadline } from '../../../shared/abort.ts';
import type { Clock } from '../../../shared/clock.ts';
import { PlainFailure } from './plain-failure.ts';

export interface TimeLimit {
  readonly clock: Clock;
  /** Who is waited for, at the start of a sentence. */
  readonly who: string;
  readonly ms: number;
  /** Of the call. */
  readonly signal: AbortSignal;
}

/** Runs `work` with a signal that ends with the call and with the time, and throws PlainFailure for both; other errors pass. */
export async function inTime<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, who, ms, signal } = limit;
  try {
    return await withDeadline(clock, who, ms, signal, work);
  } catch (error) {
    if (error instanceof DeadlineError)
      throw new PlainFailure(`${who} did not answer within ${ms / 1000} seconds.`, { cause: error });
    throw signal.aborted ? new PlainFailure('The call is over.', { cause: error }) : error;
  }
}
