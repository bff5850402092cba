import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareHost, failure, importsOf } from './rig.ts';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

describe('numbers', () => {
  it.each([
    ['42', 42n],
    [' -7\n', -7n],
    ['+5', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['12abc', undefined],
    ['9223372036854775807', MAX],
    ['-9223372036854775808', MIN],
    ['9223372036854775808', undefined],
    ['000000000000000000000000000012', 12n],
    ['9'.repeat(10_000), undefined],
  ])('string_to_int(%s) is %s', (text, expected) => {
    const host = bareHost();
    const { raw, option } = importsOf(host);
    expect(option(raw('string_to_int', text) as number, (at) => host.memory.readI64(at))).toBe(expected);
  });

  it.each([
    ['.5', 0.5],
    ['1e3', 1000],
    ['0x10', 16],
    [' Infinity ', Infinity],
    ['', undefined],
    ['1x', undefined],
  ])('string_to_float(%j) is %s', (text, expected) => {
    const host = bareHost();
    const { raw, option } = importsOf(host);
    expect(option(raw('string_to_float', text) as number, (at) => host.memory.readF64(at))).toBe(expected);
  });

  it.each([
    ['float_to_string', 2, '2'],
    ['float_to_string', -0, '0'],
    ['float_to_string', 1e21, '1e+21'],
    ['int_to_string', MIN, '-9223372036854775808'],
    ['timestamp_to_string', 1_700_000_000_000n, '2023-11-14T22:13:20.000Z'],
  ])('%s(%s) is %s', (name, value, expected) => {
    expect(importsOf(bareHost()).text(name, value)).toBe(expected);
  });

  it.each([
    ['float_to_int', [-2.9], -2n],
    ['float_to_int', [2 ** 64], 0n],
    ['abs_int', [-5n], 5n],
    ['int_clamp', [11n, 0n, 10n], 10n],
    ['float_clamp', [NaN, 0, 1], NaN],
    ['pow', [2, 10], 1024],
    ['f64_rem', [-5.5, 2], -1.5],
    ['timestamp_diff', [5n, 7n], -2n],
  ])('%s(%s) is %s', (name, args, expected) => {
    expect(importsOf(bareHost()).raw(name, ...args)).toBe(expected);
  });

  it.each([
    ['float_to_int', NaN],
    ['float_to_int', -Infinity],
    ['timestamp_to_string', MAX],
    ['bytes_new', -1n],
  ])('%s(%s) has no result', (name, value) => {
    expect(failure(() => importsOf(bareHost()).raw(name, value)).kind).toBe('conversion');
  });

  it('draws whole numbers between both ends, whatever their distance', () => {
    const bound = fc.bigInt({ min: MIN, max: MAX });
    fc.assert(
      fc.property(bound, bound, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (min, max, random) => {
        const drawn = importsOf(bareHost({ random: () => random })).raw('random_int', min, max) as bigint;
        expect(drawn >= min && (drawn <= max || max < min)).toBe(true);
      }),
      { numRuns: 200 },
    );
    const ends = (random: number) => importsOf(bareHost({ random: () => random })).raw('random_int', -1n, 1n);
    expect([ends(0), ends(0.5), ends(1 - 2 ** -53)]).toEqual([-1n, 0n, 1n]);
  });
});
