import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rep } from '../../../src/compiler/core/core.ts';
import { sized } from '../../helpers/size.ts';
import { bytesOf, fun, get, math, on, program, slot, start } from './harness.ts';

const xs = slot('xs', 'i32');
const ys = slot('ys', 'i32');
const i = slot('i', 'i64');

function operations(element: Rep) {
  const x = slot('x', element);
  return bytesOf(
    program(
      fun('length', [xs], 'i64', on(element, 'list_length', get(xs))),
      fun('get', [xs, i], element, on(element, 'list_get', get(xs), get(i))),
      fun('second', [xs], element, on(element, 'list_get', get(xs), { op: 'i64', value: 1n })),
      fun('tail', [xs], 'i32', on(element, 'list_tail', get(xs))),
      fun('drop', [xs, i], 'i32', on(element, 'list_drop', get(xs), get(i))),
      fun('reverse', [xs], 'i32', on(element, 'list_reverse', get(xs))),
      fun('concat', [xs, ys], 'i32', on(element, 'list_concat', get(xs), get(ys))),
      fun('append', [xs, x], 'i32', on(element, 'list_append', get(xs), get(x))),
      fun('set', [xs, i, x], 'i32', on(element, 'list_set', get(xs), get(i), get(x))),
    ),
  );
}
const item = {
  i32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  i64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  f64: fc.double(),
} as const;

describe.each(['i32', 'i64', 'f64'] as const)('lists of %s', (element) => {
  const wasm = operations(element);
  const zero = element === 'i64' ? 0n : 0;

  it('do as arrays do, and change no operand', () => {
    const index = fc.oneof(fc.bigInt({ min: -2n, max: 9n }), fc.constantFrom(2n ** 32n, -(2n ** 63n), 2n ** 61n));
    fc.assert(
      fc.property(
        fc.array<number | bigint>(item[element]),
        fc.array<number | bigint>(item[element]),
        index,
        item[element],
        (a, b, at, x) => {
          const { exports, numbers, newList } = start(wasm);
          const list = newList(element, a);
          const other = newList(element, b);
          const inRange = at >= 0n && at < BigInt(a.length);
          expect(exports.length!(list)).toBe(BigInt(a.length));
          expect(exports.get!(list, at)).toBe(inRange ? a[Number(at)] : zero);
          expect(exports.second!(list)).toBe(a[1] ?? zero);
          expect(numbers(exports.tail!(list), element)).toEqual(a.slice(1));
          if (at >= 0n) expect(numbers(exports.drop!(list, at), element)).toEqual(a.slice(Number(at)));
          expect(numbers(exports.reverse!(list), element)).toEqual(a.toReversed());
          expect(numbers(exports.concat!(list, other), element)).toEqual([...a, ...b]);
          expect(numbers(exports.append!(list, x), element)).toEqual([...a, x]);
          expect(numbers(exports.set!(list, at, x), element)).toEqual(inRange ? a.with(Number(at), x) : a);
          expect(numbers(list, element)).toEqual(a);
          expect(numbers(other, element)).toEqual(b);
        },
      ),
      { numRuns: sized(100, 2000) },
    );
  });

  it('trap on a count that no list can have', () => {
    const { exports, memory, newList } = start(wasm);
    const list = newList(element, []);
    for (const count of [2 ** 30, 2 ** 29, 2 ** 32 - 1, 2 ** 31]) {
      new DataView(memory.buffer).setUint32(list, count, true);
      for (const name of ['tail', 'reverse']) expect(() => exports[name]!(list)).toThrow(Error);
      expect(() => exports.append!(list, zero)).toThrow(Error);
      expect(() => exports.set!(list, 0n, zero)).toThrow(Error);
      expect(() => exports.concat!(list, list)).toThrow(Error);
    }
  });
});

it('an index is evaluated behind its list', () => {
  const a = slot('a', 'i32');
  const body = on('i64', 'list_get', get(a), {
    op: 'seq',
    effects: [{ op: 'set', slot: a, value: { op: 'i32', value: 0 } }],
    value: math('i64.sub', get(i), { op: 'i64', value: 1n }),
  });
  const { exports, newList } = start(bytesOf(program(fun('f', [a, i], 'i64', body))));
  expect(exports.f!(newList('i64', [4n, 5n]), 2n)).toBe(5n);
});
