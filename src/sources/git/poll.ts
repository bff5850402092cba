/** A remote that fails is asked again after at most so long, or after the interval where that is longer. */
const MAX_BACK_OFF_MS = 300_000;
const JITTER = 0.1;

/**
 * How long until the next look: the interval, twice as long after each failure in a row, ten percent more or less, so that thousands of daemons do
 * not ask one host at the same moment. `random`: from 0 to 1.
 */
export function nextLookMs(intervalMs: number, failures: number, random: number): number {
  const longest = Math.max(MAX_BACK_OFF_MS, intervalMs);
  const plain = Math.min(longest, intervalMs * 2 ** Math.min(failures, 30));
  return Math.round(plain * (1 - JITTER + 2 * JITTER * random));
}
