import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { none, some } from '../../helpers/clarity-values.ts';

const ints = (...values: number[]) => values.map(BigInt);
const ONE_TO_FIVE = ints(1, 2, 3, 4, 5);

describe('std/list', () => {
  runs(
    'aliases of the builtins',
    `module Main
import { size, first, rest, push, join, reversed, empty, get, set_at } from "std/list"
function numbers(xs: List<Int64>) -> List<Int64> { [size(xs), first(xs), get(xs, 1)] }
function texts(xs: List<String>) -> List<List<String>> {
  [rest(xs), push(xs, "z"), join(xs, xs), reversed(xs), set_at(xs, 0, "y"), set_at(xs, 9, "y")]
}
function is(xs: List<String>) -> Bool { empty(xs) }
function text_at(xs: List<String>, i: Int64) -> String { get(xs, i) }`,
    [
      ['numbers', [ints(7, 8)], ints(2, 7, 8)],
      ['numbers', [[]], ints(0, 0, 0)],
      ['texts', [['a', 'b']], [['b'], ['a', 'b', 'z'], ['a', 'b', 'a', 'b'], ['b', 'a'], ['y', 'b'], ['a', 'b']]],
      ['texts', [[]], [[], ['z'], [], [], [], []]],
      ['is', [[]], true],
      ['is', [['']], false],
      ['text_at', [['a'], 0n], 'a'],
    ],
  );

  runs(
    'map, filter, reject, flat_map and flatten keep the order',
    `module Main
import { map, filter, reject, flat_map, flatten, replicate } from "std/list"
function m(xs: List<Int64>) -> List<String> { map(xs, |x: Int64| int_to_string(x * x)) }
function k(xs: List<Int64>) -> List<Int64> { filter(xs, |x: Int64| x % 2 == 0) }
function r(xs: List<Int64>) -> List<Int64> { reject(xs, |x: Int64| x % 2 == 0) }
function fm(xs: List<Int64>) -> List<Int64> { flat_map(xs, |x: Int64| replicate(x, x)) }
function fl(xss: List<List<String>>) -> List<String> { flatten(xss) }
function halves(xs: List<Float64>) -> List<Float64> { map(xs, |x: Float64| x / 2.0) }
function flags(xs: List<Int64>) -> List<Bool> { map(xs, |x: Int64| x > 1) }`,
    [
      ['m', [[]], []],
      ['m', [ints(3)], ['9']],
      ['m', [ints(1, -2, 3)], ['1', '4', '9']],
      ['k', [[]], []],
      ['k', [ONE_TO_FIVE], ints(2, 4)],
      ['k', [ints(1, 3)], []],
      ['r', [ONE_TO_FIVE], ints(1, 3, 5)],
      ['r', [ints(2)], []],
      ['fm', [ints(2, 0, 1)], ints(2, 2, 1)],
      ['fm', [[]], []],
      ['fl', [[['a'], [], ['b', 'c']]], ['a', 'b', 'c']],
      ['fl', [[]], []],
      ['fl', [[[], []]], []],
      ['halves', [[1, 3]], [0.5, 1.5]],
      ['flags', [ints(1, 2)], [false, true]],
    ],
  );

  runs(
    'folds from either side',
    `module Main
import { fold_left, fold_right, fold, sum, product, maximum, minimum, count_where, count } from "std/list"
function l(xs: List<Int64>) -> String { fold_left(xs, "0", |a: String, x: Int64| "(\${a} \${int_to_string(x)})") }
function f(xs: List<Int64>) -> String { fold(xs, "0", |a: String, x: Int64| "(\${a} \${int_to_string(x)})") }
function r(xs: List<Int64>) -> String { fold_right(xs, "0", |x: Int64, a: String| "(\${int_to_string(x)} \${a})") }
function s(xs: List<Int64>) -> List<Int64> { [sum(xs), product(xs), maximum(xs, 2), minimum(xs, 2)] }
function c(xs: List<Int64>) -> List<Int64> { [count_where(xs, |x: Int64| x > 2), count(xs, |x: Int64| x > 2)] }`,
    [
      ['l', [ints(1, 2, 3)], '(((0 1) 2) 3)'],
      ['f', [ints(1, 2)], '((0 1) 2)'],
      ['r', [ints(1, 2, 3)], '(1 (2 (3 0)))'],
      ['l', [[]], '0'],
      ['r', [[]], '0'],
      ['s', [[]], ints(0, 1, 2, 2)],
      ['s', [ONE_TO_FIVE], ints(15, 120, 5, 1)],
      ['s', [ints(-4)], ints(-4, -4, 2, -4)],
      ['c', [ONE_TO_FIVE], ints(3, 3)],
      ['c', [[]], ints(0, 0)],
    ],
  );

  runs(
    'any, all and find look no further than they must',
    `module Main
import { any, all, find } from "std/list"
function trap_at_3(x: Int64) -> Int64 { 10 / (3 - x) }
function has(xs: List<Int64>, n: Int64) -> Bool { any(xs, |x: Int64| trap_at_3(x) > 0 and x == n) }
function every(xs: List<Int64>, n: Int64) -> Bool { all(xs, |x: Int64| trap_at_3(x) > 0 and x < n) }
function first_above(xs: List<Int64>, n: Int64) -> Option<Int64> { find(xs, |x: Int64| trap_at_3(x) > 0 and x > n) }
function named(xs: List<String>) -> Option<String> { find(xs, |x: String| x != "") }`,
    [
      ['has', [[], 1n], false],
      ['has', [ints(1, 2, 3), 2n], true],
      ['has', [ints(1, 2), 9n], false],
      ['has', [ints(1, 3), 9n], { trap: 'divide-by-zero' }],
      ['every', [[], 1n], true],
      ['every', [ints(1, 2, 3), 2n], false],
      ['every', [ints(1, 2), 3n], true],
      ['first_above', [ints(1, 2, 3), 1n], some(2n)],
      ['first_above', [ints(1), 1n], none],
      ['first_above', [[], 1n], none],
      ['named', [['', 'a', 'b']], some('a')],
    ],
  );

  runs(
    'take, drop, range and replicate at their edges',
    `module Main
import { take, drop, range, replicate } from "std/list"
function t(n: Int64) -> List<String> { take(["a", "b", "c"], n) }
function d(n: Int64) -> List<String> { drop(["a", "b", "c"], n) }
function r(a: Int64, b: Int64) -> List<Int64> { range(a, b) }
function x(n: Int64) -> List<String> { replicate("x", n) }`,
    [
      ['t', [-1n], []],
      ['t', [0n], []],
      ['t', [2n], ['a', 'b']],
      ['t', [3n], ['a', 'b', 'c']],
      ['t', [9_223_372_036_854_775_807n], ['a', 'b', 'c']],
      ['t', [-9_223_372_036_854_775_808n], []],
      ['d', [-9_223_372_036_854_775_808n], ['a', 'b', 'c']],
      ['d', [0n], ['a', 'b', 'c']],
      ['d', [2n], ['c']],
      ['d', [3n], []],
      ['d', [9_223_372_036_854_775_807n], []],
      ['r', [0n, 3n], ints(0, 1, 2)],
      ['r', [-1n, 1n], ints(-1, 0)],
      ['r', [3n, 3n], []],
      ['r', [3n, 1n], []],
      ['r', [9_223_372_036_854_775_806n, 9_223_372_036_854_775_807n], [9_223_372_036_854_775_806n]],
      ['x', [0n], []],
      ['x', [-5n], []],
      ['x', [2n], ['x', 'x']],
    ],
  );

  runs(
    'zip_with is as long as the shorter, intersperse goes between',
    `module Main
import { zip_with, intersperse } from "std/list"
function z(xs: List<Int64>, ys: List<String>) -> List<String> {
  zip_with(xs, ys, |x: Int64, y: String| int_to_string(x) ++ y)
}
function i(xs: List<String>) -> List<String> { intersperse(xs, "-") }`,
    [
      ['z', [ints(1, 2, 3), ['a', 'b']], ['1a', '2b']],
      ['z', [ints(1), ['a', 'b']], ['1a']],
      ['z', [[], ['a']], []],
      ['i', [[]], []],
      ['i', [['a']], ['a']],
      ['i', [['a', 'b', 'c']], ['a', '-', 'b', '-', 'c']],
    ],
  );

  runs(
    'uniq keeps the last of a run of equals, group_by keeps the runs',
    `module Main
import { uniq, group_by } from "std/list"
function u(xs: List<Int64>) -> List<Int64> { uniq(xs, |a: Int64, b: Int64| a / 10 == b / 10) }
function g(xs: List<Int64>) -> List<List<Int64>> { group_by(xs, |a: Int64, b: Int64| a / 10 == b / 10) }
function chains(xs: List<Int64>) -> List<List<Int64>> { group_by(xs, |a: Int64, b: Int64| b == a + 1) }`,
    [
      ['u', [[]], []],
      ['u', [ints(11)], ints(11)],
      ['u', [ints(11, 12, 23, 13, 14)], ints(12, 23, 14)],
      ['g', [[]], []],
      ['g', [ints(11)], [ints(11)]],
      ['g', [ints(11, 12, 23, 13)], [ints(11, 12), ints(23), ints(13)]],
      ['chains', [ints(1, 2, 3, 5, 6, 1)], [ints(1, 2, 3), ints(5, 6), ints(1)]],
    ],
  );

  runs(
    'sort and sort_by',
    `module Main
import { sort, sort_by } from "std/list"
function s(xs: List<Int64>) -> List<Int64> { sort(xs) }
function by_length(xs: List<String>) -> List<String> { sort_by(xs, |x: String| string_length(x)) }`,
    [
      ['s', [[]], []],
      ['s', [ints(1)], ints(1)],
      ['s', [ints(2, 1)], ints(1, 2)],
      ['s', [ints(3, 1, 2, 3, -1)], ints(-1, 1, 2, 3, 3)],
      [
        's',
        [[9_223_372_036_854_775_807n, 0n, -9_223_372_036_854_775_808n]],
        [-9_223_372_036_854_775_808n, 0n, 9_223_372_036_854_775_807n],
      ],
      ['by_length', [['ccc', 'b', 'aa', 'a', 'bb', '']], ['', 'b', 'a', 'aa', 'bb', 'ccc']],
    ],
  );
});
