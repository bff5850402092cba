import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { none, record, some } from '../../helpers/clarity-values.ts';

describe('lists', () => {
  runs(
    'sorting',
    `module Sorts
function insert(x: Int64, xs: List<Int64>) -> List<Int64> { match is_empty(xs) { True -> [x], False -> match x <= head(xs) { True -> concat([x], xs), False -> concat([head(xs)], insert(x, tail(xs))) } } }
export function insertion(xs: List<Int64>) -> List<Int64> { match is_empty(xs) { True -> [], False -> insert(head(xs), insertion(tail(xs))) } }
function filter(xs: List<Int64>, keep: (Int64) -> Bool, acc: List<Int64>) -> List<Int64> { match is_empty(xs) { True -> acc, False -> filter(tail(xs), keep, match keep(head(xs)) { True -> append(acc, head(xs)), False -> acc }) } }
export function quick(xs: List<Int64>) -> List<Int64> {
  match is_empty(xs) {
    True -> xs,
    False -> {
      let p = head(xs);
      let less = filter(tail(xs), |n: Int64| n < p, []);
      let more = filter(tail(xs), |n: Int64| n >= p, []);
      concat(append(quick(less), p), quick(more))
    }
  }
}`,
    [
      ['insertion', [[3n, 1n, 2n, 1n]], [1n, 1n, 2n, 3n]],
      ['quick', [[5n, -1n, 5n, 3n, 0n, 9n]], [-1n, 0n, 3n, 5n, 5n, 9n]],
      ['quick', [[]], []],
    ],
  );
  runs(
    'edges of the builtins',
    `module ListEdges
export function h(xs: List<Int64>) -> Int64 { head(xs) }
export function t(xs: List<String>) -> List<String> { tail(xs) }
export function n(xs: List<Int64>, i: Int64) -> Int64 { nth(xs, i) }
export function s(xs: List<Bool>, i: Int64, b: Bool) -> List<Bool> { list_set(xs, i, b) }
export function f(xs: List<Float64>, x: Float64) -> List<Float64> { reverse(append(xs, x)) }
export function l(xs: List<List<String>>) -> Int64 { length(xs) * 100 + list_length(nth(xs, 0)) }
export function keep(xs: List<Int64>) -> List<List<Int64>> { let ys = append(xs, 1); let zs = append(xs, 2); [xs, ys, zs, reverse(ys)] }`,
    [
      ['h', [[]], 0n],
      ['t', [[]], []],
      ['t', [['a', 'b']], ['b']],
      ['n', [[5n], 1n], 0n],
      ['n', [[5n], -1n], 0n],
      ['n', [[5n, 6n], 1n], 6n],
      ['s', [[true, true], 1n, false], [true, false]],
      ['s', [[true], 7n, false], [true]],
      ['f', [[0.5], 1.5], [1.5, 0.5]],
      ['l', [[['a', 'b'], []]], 202n],
      ['keep', [[9n]], [[9n], [9n, 1n], [9n, 2n], [1n, 9n]]],
    ],
  );
  runs(
    'lists of records and unions',
    `module ListData
type Item = { sku: String, qty: Int64 }
type Op = | In(i: Item) | Out(sku: String, qty: Int64)
function change(xs: List<Item>, sku: String, by: Int64) -> List<Item> { match is_empty(xs) { True -> [{ sku: sku, qty: by }], False -> match head(xs).sku == sku { True -> concat([{ sku: sku, qty: head(xs).qty + by }], tail(xs)), False -> concat([head(xs)], change(tail(xs), sku, by)) } } }
function run(ops: List<Op>, stock: List<Item>) -> List<Item> { match is_empty(ops) { True -> stock, False -> run(tail(ops), match head(ops) { In(i) -> change(stock, i.sku, i.qty), Out(sku, qty) -> change(stock, sku, -qty) }) } }
export function f(n: Int64) -> List<Item> { run([In({ sku: "a", qty: n }), In({ sku: "b", qty: 1 }), Out("a", 2), In({ qty: 5, sku: "b" })], []) }`,
    [['f', [10n], [record({ sku: 'a', qty: 8n }), record({ sku: 'b', qty: 6n })]]],
  );
});

describe('empty-list-inference', () => {
  runs(
    'an empty list takes its type from what it meets',
    `module Empty1
export function a(n: Int64) -> List<List<Int64>> { [[], [n], []] }
export function b() -> List<Int64> { concat([], [1, 2]) }
export function c() -> List<Float64> { concat(concat([], []), append([], 0.5)) }
export function d(b: Bool) -> List<String> { match b { True -> [], False -> ["x"] } }
export function e(b: Bool) -> List<String> { match b { True -> ["x"], False -> [] } }
export function f(n: Int64) -> List<Int64> { let e = []; let g = append(e, n); append(g, 1) }
function fold<T, A>(xs: List<T>, acc: A, f: (A, T) -> A) -> A { match is_empty(xs) { True -> acc, False -> fold(tail(xs), f(acc, head(xs)), f) } }
export function g(xs: List<Int64>) -> List<Int64> { fold(xs, [], |acc: List<Int64>, x: Int64| concat([x], acc)) }`,
    [
      ['a', [7n], [[], [7n], []]],
      ['b', [], [1n, 2n]],
      ['c', [], [0.5]],
      ['d', [true], []],
      ['e', [false], []],
      ['e', [true], ['x']],
      ['f', [4n], [4n, 1n]],
      ['g', [[1n, 2n, 3n]], [3n, 2n, 1n]],
    ],
  );
  runs(
    'empty lists in fields, variants, options and lengths',
    `module Empty2
type R = { xs: List<Int64>, ys: List<String> }
type U = | Many(xs: List<Float64>) | No
export function a() -> R { { xs: [], ys: [] } }
export function b() -> U { Many([]) }
export function c() -> Option<List<Int64>> { Some([]) }
export function d() -> Result<List<Int64>, String> { Ok([]) }
export function e() -> Int64 { length([]) + length([[]]) + length([[], []]) }
export function f() -> List<Int64> { reverse(tail([])) }
export function g() -> List<String> { let xs: List<String> = []; let ys: List<String> = xs; append(ys, "a") }`,
    [
      ['a', [], record({ xs: [], ys: [] })],
      ['c', [], some([])],
      ['e', [], 3n],
      ['f', [], []],
      ['g', [], ['a']],
    ],
  );
});

describe('maps', () => {
  runs(
    'word count',
    `module Words
function count(ws: List<String>, m: Map<String, Int64>) -> Map<String, Int64> { match is_empty(ws) { True -> m, False -> count(tail(ws), map_set(m, head(ws), 1 + get_or(m, head(ws)))) } }
function get_or(m: Map<String, Int64>, k: String) -> Int64 { match map_get(m, k) { Some(n) -> n, None -> 0 } }
export function words(s: String) -> Map<String, Int64> { let m: Map<String, Int64> = map_new(); count(split(s, " "), m) }
export function most(s: String) -> String { best(map_keys(words(s)), words(s), "", 0) }
function best(ks: List<String>, m: Map<String, Int64>, k: String, n: Int64) -> String { match is_empty(ks) { True -> k, False -> match get_or(m, head(ks)) > n { True -> best(tail(ks), m, head(ks), get_or(m, head(ks))), False -> best(tail(ks), m, k, n) } } }`,
    [
      [
        'words',
        ['b a b'],
        new Map([
          ['b', 2n],
          ['a', 1n],
        ]),
      ],
      ['most', ['x y y x y'], 'y'],
      ['words', [''], new Map([['', 1n]])],
    ],
  );
  runs(
    'keys and values of other types',
    `module MapTypes
export function squares(n: Int64) -> Map<Int64, Int64> { fill(n, map_new()) }
function fill(n: Int64, m: Map<Int64, Int64>) -> Map<Int64, Int64> { match n { 0 -> m, _ -> fill(n - 1, map_set(m, n, n * n)) } }
export function lists(m: Map<String, List<Int64>>, k: String, v: Int64) -> Map<String, List<Int64>> { map_set(m, k, append(match map_get(m, k) { Some(xs) -> xs, None -> [] }, v)) }
type P = { x: Int64 }
export function recs(n: Int64) -> Option<P> { let m: Map<String, P> = map_new(); map_get(map_set(m, "p", { x: n }), "p") }
export function gone(m: Map<Int64, String>) -> List<String> { map_values(map_remove(map_remove(m, 2), 99)) }
export function flags(b: Bool) -> Option<Bool> { let m: Map<String, Bool> = map_new(); map_get(map_set(m, "k", b), "k") }
export function has(n: Int64) -> Bool { map_has(squares(5), n) }
export function floats(x: Float64) -> List<Float64> { let m: Map<Int64, Float64> = map_new(); map_values(map_set(map_set(m, 1, x), 2, x * 2.0)) }`,
    [
      [
        'squares',
        [2n],
        new Map([
          [2n, 4n],
          [1n, 1n],
        ]),
      ],
      ['lists', [new Map([['a', [1n]]]), 'a', 2n], new Map([['a', [1n, 2n]]])],
      ['lists', [new Map(), 'b', 2n], new Map([['b', [2n]]])],
      ['recs', [5n], some(record({ x: 5n }))],
      [
        'gone',
        [
          new Map([
            [1n, 'a'],
            [2n, 'b'],
          ]),
        ],
        ['a'],
      ],
      ['flags', [false], some(false)],
      ['has', [6n], false],
      ['floats', [1.5], [1.5, 3]],
    ],
  );
  runs(
    'a map is a value',
    `module MapValue
export function f(m: Map<String, Int64>) -> List<Int64> { let a = map_set(m, "k", 1); let b = map_set(m, "k", 2); [map_size(m), or0(map_get(a, "k")), or0(map_get(b, "k")), map_size(map_remove(a, "k"))] }
function or0(o: Option<Int64>) -> Int64 { match o { Some(n) -> n, None -> 0 } }
export function missing(m: Map<String, Int64>) -> Option<Int64> { map_get(m, "nope") }`,
    [
      ['f', [new Map()], [0n, 1n, 2n, 0n]],
      ['missing', [new Map()], none],
    ],
  );
});
