import type { Clock } from './clock.ts';

/** The reason of an abort that came from a deadline, so that callers can tell it from a cancel. */
export class DeadlineError extends Error {
  readonly timeoutMs: number;
  constructor(what: string, timeoutMs: number) {
    super(`${what} did not finish within ${String(timeoutMs)} ms`);
    this.name = 'DeadlineError';
    this.timeoutMs = timeoutMs;
  }
}

/**
 * Runs `work` with a signal that fires when `parent` does or after `timeoutMs`, whichever is first, and always clears the timer.
 * Rejects with the abort reason as soon as the signal fires, even where the work ignores it.
 */
export async function withDeadline<T>(
  clock: Clock,
  what: string,
  timeoutMs: number,
  parent: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const onParent = () => own.abort(parent?.reason);
  if (parent?.aborted) onParent();
  else parent?.addEventListener('abort', onParent, { once: true });
  const cancel = clock.after(timeoutMs, () => own.abort(new DeadlineError(what, timeoutMs)));
  try {
    return await Promise.race([work(own.signal), aborted(own.signal)]);
  } finally {
    cancel();
    parent?.removeEventListener('abort', onParent);
  }
}

/** Rejects with the signal's reason when it fires; never resolves. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
