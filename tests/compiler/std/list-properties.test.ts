import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { instantiate } from '../../../src/wasm-host/instantiate.ts';
import type { ClarityValue } from '../../../src/wasm-host/value.ts';
import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';
import { none, some } from '../../helpers/clarity-values.ts';

const PROGRAM = `module Main
import {
  all, any, count_where, drop, filter, find, flatten, flat_map, fold_left, fold_right, group_by, intersperse, map, range, reject, sort,
  sort_by, take, uniq, zip_with
} from "std/list"
type Item = { key: Int64, place: Int64 }
function f_map(xs: List<Int64>) -> List<Int64> { map(xs, |x: Int64| x * 2 + 1) }
function f_filter(xs: List<Int64>) -> List<Int64> { filter(xs, |x: Int64| x > 0) }
function f_reject(xs: List<Int64>) -> List<Int64> { reject(xs, |x: Int64| x > 0) }
function f_left(xs: List<Int64>) -> Int64 { fold_left(xs, 7, |a: Int64, x: Int64| a * 31 + x) }
function f_right(xs: List<Int64>) -> Int64 { fold_right(xs, 7, |x: Int64, a: Int64| a * 31 + x) }
function f_any(xs: List<Int64>) -> Bool { any(xs, |x: Int64| x > 5) }
function f_all(xs: List<Int64>) -> Bool { all(xs, |x: Int64| x > -5) }
function f_find(xs: List<Int64>) -> Option<Int64> { find(xs, |x: Int64| x > 5) }
function f_count(xs: List<Int64>) -> Int64 { count_where(xs, |x: Int64| x > 0) }
function f_take(xs: List<Int64>, n: Int64) -> List<Int64> { take(xs, n) }
function f_drop(xs: List<Int64>, n: Int64) -> List<Int64> { drop(xs, n) }
function f_sort(xs: List<Int64>) -> List<Int64> { sort(xs) }
function f_stable(xs: List<Int64>) -> List<Int64> {
  let items = zip_with(xs, range(0, length(xs)), |x: Int64, i: Int64| { key: x, place: i });
  map(sort_by(items, |item: Item| item.key), |item: Item| item.place)
}
function f_uniq(xs: List<Int64>) -> List<Int64> { uniq(xs, |a: Int64, b: Int64| a == b) }
function f_groups(xs: List<Int64>) -> List<List<Int64>> { group_by(xs, |a: Int64, b: Int64| a == b) }
function f_ungroup(xs: List<Int64>) -> List<Int64> { flatten(f_groups(xs)) }
function f_flat_map(xs: List<Int64>) -> List<Int64> { flat_map(xs, |x: Int64| take([x, x], x)) }
function f_intersperse(xs: List<Int64>) -> List<Int64> { intersperse(xs, 0) }
`;

type Numbers = readonly bigint[];
const ascending = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
const clip = (n: number) => Math.max(0, n);

/** The same in JavaScript. */
const SAME: Readonly<Record<string, (xs: Numbers) => unknown>> = {
  f_map: (xs) => xs.map((x) => x * 2n + 1n),
  f_filter: (xs) => xs.filter((x) => x > 0n),
  f_reject: (xs) => xs.filter((x) => x <= 0n),
  f_left: (xs) =>
    BigInt.asIntN(
      64,
      xs.reduce((a, x) => a * 31n + x, 7n),
    ),
  f_right: (xs) =>
    BigInt.asIntN(
      64,
      xs.reduceRight((a, x) => a * 31n + x, 7n),
    ),
  f_any: (xs) => xs.some((x) => x > 5n),
  f_all: (xs) => xs.every((x) => x > -5n),
  f_find: (xs) => option(xs.find((x) => x > 5n)),
  f_count: (xs) => BigInt(xs.filter((x) => x > 0n).length),
  f_sort: (xs) => xs.toSorted(ascending),
  f_stable: (xs) => [...xs.keys()].toSorted((a, b) => ascending(xs[a]!, xs[b]!)).map(BigInt),
  f_uniq: (xs) => xs.filter((x, i) => x !== xs[i + 1]),
  f_groups: (xs) =>
    xs.reduce<bigint[][]>((all, x) => {
      if (all.at(-1)?.at(-1) === x) all.at(-1)?.push(x);
      else all.push([x]);
      return all;
    }, []),
  f_ungroup: (xs) => [...xs],
  f_flat_map: (xs) => xs.flatMap((x) => [x, x].slice(0, clip(Number(x)))),
  f_intersperse: (xs) => xs.flatMap((x, i) => (i === 0 ? [x] : [0n, x])),
};

function option(value: bigint | undefined): ClarityValue {
  return value === undefined ? none : some(value);
}

describe('std/list does what JavaScript does', () => {
  const instance = instantiate(wasmOf(compileText(PROGRAM)), {});
  const lists = fc.array(fc.bigInt({ min: -9n, max: 9n }), { maxLength: 40 });

  it.each(Object.entries(SAME))('%s', (name, same) => {
    fc.assert(
      fc.property(lists, (xs) => {
        expect(instance.call(name, [xs])).toEqual(same(xs));
      }),
    );
  });

  it('take and drop', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: -3, max: 45 }), (xs, n) => {
        expect(instance.call('f_take', [xs, BigInt(n)])).toEqual(xs.slice(0, clip(n)));
        expect(instance.call('f_drop', [xs, BigInt(n)])).toEqual(xs.slice(clip(n)));
      }),
    );
  });

  it('sorts long lists of any numbers, stably', () => {
    const long = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 300, maxLength: 400 });
    const narrow = fc.array(fc.bigInt({ min: 0n, max: 3n }), { minLength: 300, maxLength: 400 });
    fc.assert(
      fc.property(long, narrow, (xs, keys) => {
        expect(instance.call('f_sort', [xs])).toEqual(SAME['f_sort']!(xs));
        expect(instance.call('f_stable', [keys])).toEqual(SAME['f_stable']!(keys));
      }),
      { numRuns: 20 },
    );
  });
});
