import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/shared/duration.ts';
import { sized } from '../helpers/size.ts';

describe('parseDuration', () => {
  it.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['30', 30_000],
    [' 5m ', 300_000],
    ['1.5h', 5_400_000],
    ['1m30s', 90_000],
    ['1h1m1s1ms', 3_661_001],
    ['0s', 0],
  ])('%j is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', ' ', 's', '-1s', '1d', '1 s', '.5s', '5sec', '1e3', '1m30', 'Infinity'])('%j is none', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});

describe('formatDuration', () => {
  it.each([
    [-5, '0s'],
    [0.9, '0s'],
    [999, '999ms'],
    [1000, '1s'],
    [119_999, '119s'],
    [120_000, '2m'],
    [7_199_999, '119m'],
    [7_200_000, '2h'],
    [172_799_999, '47h'],
    [172_800_000, '2d'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('never says more than it was, and is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 172_799_999 }), (ms) => {
        const back = parseDuration(formatDuration(ms))!;
        expect(back).toBeLessThanOrEqual(ms);
        expect(back).toBeGreaterThan(ms / 2);
      }),
      { numRuns: sized(200, 5000), examples: [[1], [120_000], [7_200_000]] },
    );
  });
});
