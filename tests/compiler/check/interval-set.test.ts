import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IntervalSet } from '../../../src/compiler/check/interval-set.ts';

it('knows how much of a range earlier ranges cover', () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 8 }))
    .map(([from, width]) => [from, from + width] as const);
  fc.assert(
    fc.property(fc.array(range, { maxLength: 8 }), range, (added, [from, to]) => {
      const set = new IntervalSet();
      const members = new Set<number>();
      for (const [low, high] of added) {
        set.add(BigInt(low), BigInt(high));
        for (let n = low; n <= high; n++) members.add(n);
      }
      const inside = Array.from({ length: to - from + 1 }, (_, i) => members.has(from + i));
      const expected = inside.every(Boolean) ? 'all' : inside.some(Boolean) ? 'some' : 'none';
      expect(set.covered(BigInt(from), BigInt(to))).toBe(expected);
    }),
  );
});
