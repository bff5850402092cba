import type { Clock } from '../../shared/clock.ts';

/** Resolves after `ms`, or when the signal fires. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(signal.aborted ? 0 : ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
