import { describe, expect, it } from 'vitest';
import type { MathOp } from '../../../src/compiler/core/core.ts';
import { f64, fun, get, i32, i64, math, program, run, slot } from './harness.ts';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

const ints: [MathOp, bigint, bigint, bigint | number][] = [
  ['i64.add', MAX, 1n, MIN],
  ['i64.sub', 3n, 5n, -2n],
  ['i64.mul', MAX, 2n, -2n],
  ['i64.div_s', -7n, 2n, -3n],
  ['i64.rem_s', -7n, 2n, -1n],
  ['i64.rem_s', MIN, -1n, 0n],
  ['i64.eq', 3n, 3n, 1],
  ['i64.ne', 3n, 3n, 0],
  ['i64.lt_s', -1n, 0n, 1],
  ['i64.gt_s', -1n, 0n, 0],
  ['i64.le_s', 2n, 2n, 1],
  ['i64.ge_s', 1n, 2n, 0],
];
const floats: [MathOp, number, number, number][] = [
  ['f64.add', 0.1, 0.2, 0.1 + 0.2],
  ['f64.sub', 1, 3, -2],
  ['f64.mul', 3, 0.5, 1.5],
  ['f64.div', 1, 0, Infinity],
  ['f64.rem', -7.5, 2, -1.5],
  ['f64.eq', NaN, NaN, 0],
  ['f64.ne', NaN, NaN, 1],
  ['f64.lt', 1, 2, 1],
  ['f64.gt', 1, 2, 0],
  ['f64.le', 2, 2, 1],
  ['f64.ge', 1, 2, 0],
];
const words: [MathOp, number, number, number][] = [
  ['i32.add', 2 ** 31 - 1, 1, -(2 ** 31)],
  ['i32.sub', 1, 2, -1],
  ['i32.and', 6, 3, 2],
  ['i32.or', 6, 3, 7],
  ['i32.eq', 1, 1, 1],
  ['i32.ne', 1, 1, 0],
  ['i32.lt_s', -1, 0, 1],
  ['i32.ge_s', -1, 0, 0],
];

const resultOf = (value: number | bigint, op: string) =>
  typeof value === 'bigint' ? 'i64' : op.startsWith('f64') && !/eq|ne|lt|gt|le|ge/.test(op.slice(4)) ? 'f64' : 'i32';

describe('arithmetic', () => {
  it.each(ints)('%s of %s and %s', (op, a, b, expected) => {
    expect(run(program(fun('f', [], resultOf(expected, op), math(op, i64(a), i64(b)))))).toBe(expected);
  });
  it.each(floats)('%s of %s and %s', (op, a, b, expected) => {
    expect(run(program(fun('f', [], resultOf(expected, op), math(op, f64(a), f64(b)))))).toBe(expected);
  });
  it.each(words)('%s of %s and %s', (op, a, b, expected) => {
    expect(run(program(fun('f', [], 'i32', math(op, i32(a), i32(b)))))).toBe(expected);
  });

  it('converts', () => {
    const bits = math('i64.reinterpret_f64', f64(-2.5));
    expect(run(program(fun('f', [], 'f64', math('f64.reinterpret_i64', bits))))).toBe(-2.5);
    expect(run(program(fun('f', [], 'i64', math('i64.extend_i32_s', i32(-5)))))).toBe(-5n);
    expect(run(program(fun('f', [], 'i32', math('i32.wrap_i64', i64(2n ** 32n + 7n)))))).toBe(7);
    expect(run(program(fun('f', [], 'f64', math('f64.neg', f64(0)))))).toBe(-0);
    expect(run(program(fun('f', [], 'i32', math('i64.eqz', i64(0)))))).toBe(1);
    expect(run(program(fun('f', [], 'i32', math('i32.eqz', i32(7)))))).toBe(0);
  });

  it('traps where the language does', () => {
    const x = slot('x', 'i64');
    const divide = program(fun('f', [x], 'i64', math('i64.div_s', i64(MIN), get(x))));
    expect(() => run(divide, 0n)).toThrow(/divide by zero/);
    expect(() => run(divide, -1n)).toThrow(/unrepresentable/);
  });

  it.each([0n, 63n, 64n, -64n, -65n, 2n ** 31n, -(2n ** 31n) - 1n, MIN, MAX, 2n ** 35n, -(2n ** 62n)])(
    'i64 %s',
    (n) => {
      expect(run(program(fun('f', [], 'i64', i64(n))))).toBe(n);
    },
  );
  it.each([0, 63, 64, -64, -65, 8191, 8192, -8193, 2 ** 31 - 1, -(2 ** 31)])('i32 %s', (n) => {
    expect(run(program(fun('f', [], 'i32', i32(n))))).toBe(n);
  });
});
