import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextLookMs } from '../../../src/sources/git/poll.ts';

it.each([
  [60_000, 0, 0.5, 60_000],
  [60_000, 0, 0, 54_000],
  [60_000, 0, 1, 66_000],
  [60_000, 1, 0.5, 120_000],
  [60_000, 9, 0.5, 300_000],
  [600_000, 9, 0.5, 600_000], // never sooner than without a failure
])('an interval of %i ms after %i failures, random %d: %i ms', (intervalMs, failures, random, ms) => {
  expect(nextLookMs(intervalMs, failures, random)).toBe(ms);
});

it('is always at least nine tenths of the interval and at most five and a half minutes or a tenth more than it', () => {
  const inputs = [
    fc.integer({ min: 1000, max: 86_400_000 }),
    fc.nat(),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ] as const;
  fc.assert(
    fc.property(...inputs, (intervalMs, failures, random) => {
      const ms = nextLookMs(intervalMs, failures, random);
      expect(ms).toBeGreaterThanOrEqual(Math.floor(intervalMs * 0.9));
      expect(ms).toBeLessThanOrEqual(Math.ceil(Math.max(300_000, intervalMs) * 1.1));
    }),
  );
});
