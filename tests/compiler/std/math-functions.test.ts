import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runStd } from './std-module.ts';
import { stdRows } from './std-table.ts';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

describe('std/math', () => {
  stdRows('math', [
    ['abs', [-3n], 3n],
    ['abs', [MIN], MIN],
    ['min', [2n, -1n], -1n],
    ['max', [2n, -1n], 2n],
    ['square_root', [9], 3],
    ['square_root', [-1], NaN],
    ['power', [2, 10], 1024],
    ['floor_f', [-1.5], -2],
    ['ceil_f', [1.2], 2],
    ['clamp', [5n, 0n, 3n], 3n],
    ['clamp', [-5n, 0n, 3n], 0n],
    ['clamp', [2n, 0n, 3n], 2n],
    ['clamp', [2n, 9n, 3n], 3n],
    ['sign', [-9n], -1n],
    ['sign', [0n], 0n],
    ['sign', [MAX], 1n],
    ['is_even', [-2n], true],
    ['is_even', [-3n], false],
    ['is_odd', [-3n], true],
    ['is_odd', [0n], false],
    ['ln', [1], 0],
    ['ln', [0], -Infinity],
    ['ln', [-1], NaN],
    ['log_2', [8], 3],
    ['log_10', [1000], 3],
    ['e_pow', [0], 1],
    ['gcd', [0n, 0n], 0n],
    ['gcd', [0n, -7n], 7n],
    ['gcd', [-12n, 18n], 6n],
    ['lcm', [4n, -6n], 12n],
    ['lcm', [0n, 5n], 0n],
    ['lcm', [0n, 0n], 0n],
  ]);

  it('gcd divides both, and gcd times lcm is their product', () => {
    const { instance } = runStd('math');
    const number = fc.bigInt({ min: 1n, max: 1_000_000n });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const gcd = instance.call('gcd', [a, b]) as bigint;
        expect([a % gcd, b % gcd]).toEqual([0n, 0n]);
        expect(gcd * (instance.call('lcm', [a, b]) as bigint)).toBe(a * b);
      }),
    );
  });
});
