import type { Clock } from './clock.ts';

/** Resolves with the promise or after `ms`, whichever is first, and leaves no timer behind. Rejects where the promise does first. */
export async function within(clock: Clock, ms: number, promise: Promise<unknown>): Promise<void> {
  let cancel = (): void => undefined;
  const timeout = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  try {
    await Promise.race([promise, timeout]);
  } finally {
    cancel();
  }
}
