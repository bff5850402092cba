import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { none, record, some, variant } from '../../helpers/clarity-values.ts';

describe('imports', () => {
  runs(
    'functions, types, constructors and generics of another module',
    `module Main
import { Shape, area, Point, origin, keep } from "./shapes"
import { Log2 } from "./shapes.clarity"
export function f(n: Int64) -> Int64 { area(Square(n)) + area(Circle(1)) + keep(n) }
export function g() -> Point { origin() }
export function h(p: Point) -> Int64 { p.x }
export function i(s: Shape) -> String { match s { Square(n) -> int_to_string(n), Circle(_) -> "o" } }
export function j() -> Log2 { { lines: ["a"] } }`,
    [
      ['f', [3n], 15n],
      ['g', [], record({ x: 0n, y: 0n })],
      ['h', [record({ x: 4n, y: 0n })], 4n],
      ['i', [variant('Square', { n: 5n })], '5'],
      ['j', [], record({ lines: ['a'] })],
    ],
    {
      'shapes.clarity': `module Shapes
export type Shape = | Square(n: Int64) | Circle(r: Int64)
export type Point = { x: Int64, y: Int64 }
export type Log2 = { lines: List<String> }
export function area(s: Shape) -> Int64 { match s { Square(n) -> n * n, Circle(r) -> helper(r) } }
function helper(r: Int64) -> Int64 { r * 3 }
export function origin() -> Point { { x: 0, y: 0 } }
export function keep<T>(x: T) -> T { x }
`,
    },
  );
  runs(
    'private names do not meet, and a diamond is one module',
    `module Top
import { left } from "./a/left"
import { right } from "a/right"
function helper(n: Int64) -> Int64 { n + 1 }
export function f(n: Int64) -> Int64 { helper(n) * 10000 + left(n) * 100 + right(n) }`,
    [['f', [1n], 21305n]],
    {
      'a/left.clarity': `module Left
import { base } from "./base"
function helper(n: Int64) -> Int64 { n + 2 }
export function left(n: Int64) -> Int64 { helper(n) + base() }`,
      'a/right.clarity': `module Right
import { base } from "base"
function helper(n: Int64) -> Int64 { n - 6 }
export function right(n: Int64) -> Int64 { helper(n) + base() }`,
      'a/base.clarity': 'module Base\nexport function base() -> Int64 { 10 }',
    },
  );
});

describe('std', () => {
  runs(
    'list',
    `module L
import { map, filter, fold, take, drop, zip_with, flatten, flat_map, sort, replicate, intersperse, maximum, product, set_at, first } from "std/list"
export function a(n: Int64) -> List<Int64> { flat_map(replicate(n, 3), |k: Int64| [k, k + 1]) }
export function b(xs: List<Int64>) -> List<Int64> { sort(concat(take(xs, 2), drop(xs, 3))) }
export function c(xs: List<Int64>, ys: List<String>) -> List<String> { zip_with(xs, ys, |n: Int64, s: String| int_to_string(n) ++ s) }
export function d(xs: List<List<Int64>>) -> Int64 { product(flatten(xs)) + maximum([3, 9], 0) }
export function e(xs: List<String>) -> String { fold(intersperse(xs, ", "), "", string_concat) }
export function f(xs: List<Int64>) -> Int64 { first(set_at(map(filter(xs, |n: Int64| n > 1), |n: Int64| n * 2), 5, 0)) }`,
    [
      ['a', [4n], [4n, 5n, 4n, 5n, 4n, 5n]],
      ['b', [[3n, 1n, 9n, 2n]], [1n, 2n, 3n]],
      [
        'c',
        [
          [1n, 2n, 3n],
          ['a', 'b'],
        ],
        ['1a', '2b'],
      ],
      ['d', [[[2n], [], [3n, 4n]]], 33n],
      ['e', [['a', 'b', 'c']], 'a, b, c'],
      ['f', [[1n, 2n, 3n]], 4n],
    ],
  );
  runs(
    'string, next to the builtins that it shadows',
    `module S
import { join, slice, to_int, is_blank, repeat, length, has, find, to_upper, strip } from "std/string"
export function a(s: String) -> String { join(split(s, ","), "-") }
export function b(s: String) -> Int64 { length(s) + list_length(split(s, "")) }
export function c(s: String) -> List<Bool> { [is_blank(s), has(s, "x")] }
export function d(s: String) -> Option<Int64> { to_int(strip(s)) }
export function e(s: String) -> String { to_upper(slice(s, 1, 2)) ++ repeat("!", find(s, "c")) }`,
    [
      ['a', ['a,b,c'], 'a-b-c'],
      ['a', [''], ''],
      ['b', ['abc'], 6n],
      ['c', [''], [true, false]],
      ['c', ['x'], [false, true]],
      ['d', [' 4 '], some(4n)],
      ['d', ['four'], none],
      ['e', ['abcd'], 'BC!!'],
    ],
  );
  runs(
    'map, math, result, json',
    `module M
import { map_merge, map_filter, map_transform, map_entries } from "std/map"
import { clamp, lcm, sign, is_odd, max } from "std/math"
import { unwrap_or, is_ok } from "std/result"
import { get_or, arr_get_or, quote } from "std/json"
export function a(x: Map<String, Int64>, y: Map<String, Int64>) -> Map<String, Int64> { map_transform(map_filter(map_merge(x, y), |n: Int64| n > 1), |n: Int64| n * 10) }
export function b(x: Map<String, Int64>) -> String { let e = head(map_entries(x)); e.key ++ int_to_string(e.value) }
export function c(n: Int64) -> List<Int64> { [clamp(n, 0, 5), lcm(n, 6), sign(-n), max(n, 7)] }
export function d(n: Int64) -> String { unwrap_or(match is_odd(n) { True -> Ok("odd"), False -> Err("even") }, "fallback") }
export function e(j: String) -> String { get_or(j, "k", "none") ++ arr_get_or("[1,2]", 1, "z") ++ quote("a\\"b") }
export function g(r: Result<String, String>) -> Bool { is_ok(r) }`,
    [
      [
        'a',
        [
          new Map([
            ['a', 1n],
            ['b', 2n],
          ]),
          new Map([
            ['a', 3n],
            ['c', 4n],
          ]),
        ],
        new Map([
          ['a', 30n],
          ['b', 20n],
          ['c', 40n],
        ]),
      ],
      ['b', [new Map([['k', 7n]])], 'k7'],
      ['c', [4n], [4n, 12n, -1n, 7n]],
      ['d', [3n], 'odd'],
      ['d', [2n], 'fallback'],
      ['e', ['{"k":5}'], '52"a\\"b"'],
      ['g', [variant('Err', { error: 'x' })], false],
    ],
  );
});
