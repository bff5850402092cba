import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { none, record, some } from '../../helpers/clarity-values.ts';

describe('let-mut', () => {
  runs(
    'assignments in arms and blocks',
    `module Mut
export function fizz(n: Int64) -> String {
  let mut out = "";
  match n % 3 { 0 -> { out = out ++ "Fizz"; }, _ -> {} };
  match n % 5 { 0 -> { out = out ++ "Buzz"; }, _ -> {} };
  match out { "" -> int_to_string(n), _ -> out }
}
export function swap(a: Int64, b: Int64) -> List<Int64> { let mut x = a; let mut y = b; let t = x; x = y; y = t; [x, y] }
export function nested(n: Int64) -> Int64 { let mut s = 0; { s = s + n; { s = s * 2; }; }; s }
export function typed() -> Float64 { let mut x: Float64 = 1.0; x = x + 0.5; x = x * 2.0; x }`,
    [
      ['fizz', [15n], 'FizzBuzz'],
      ['fizz', [9n], 'Fizz'],
      ['fizz', [10n], 'Buzz'],
      ['fizz', [7n], '7'],
      ['swap', [1n, 2n], [2n, 1n]],
      ['nested', [21n], 42n],
      ['typed', [], 3],
    ],
  );
  runs(
    'a mutable list and a mutable option',
    `module MutData
type P = { x: Int64 }
export function grow(n: Int64) -> List<Int64> { let mut xs: List<Int64> = []; xs = append(xs, n); xs = append(xs, n * n); xs }
export function last(a: Int64, b: Int64) -> Option<Int64> {
  let mut best: Option<Int64> = None;
  match a > 0 { True -> { best = Some(a); }, False -> {} };
  match b > 0 { True -> { best = Some(b); }, False -> {} };
  best
}
export function moved(n: Int64) -> Int64 { let mut p = { x: n }; let q = p; p = { x: p.x + 1 }; p.x * 100 + q.x }`,
    [
      ['grow', [3n], [3n, 9n]],
      ['last', [1n, 0n], some(1n)],
      ['last', [1n, 2n], some(2n)],
      ['last', [0n, 0n], none],
      ['moved', [4n], 504n],
    ],
  );
});

describe('scoping', () => {
  runs(
    'lexical shadowing',
    `module Shadow
export function blocks(n: Int64) -> Int64 { let x = n; let y = { let x = x * 10; { let x = x + 1; x } + x }; x + y }
export function types(n: Int64) -> String { let x = n + 1; let x = int_to_string(x); let x = "<" ++ x ++ ">"; x }
export function arms(o: Option<Int64>, n: Int64) -> Int64 { match o { Some(n) -> n, None -> 0 } + n }
export function lambdas(x: Int64) -> Int64 { let f = |x: Int64| { let x = x + 1; x * 2 }; f(x) + x }
export function guard(n: Int64) -> Int64 { let k = 5; match n { k if k > 10 -> k, _ -> k } }`,
    [
      ['blocks', [2n], 43n],
      ['types', [4n], '<5>'],
      ['arms', [some(7n), 100n], 107n],
      ['arms', [none, 100n], 100n],
      ['lambdas', [3n], 11n],
      ['guard', [11n], 11n],
      ['guard', [1n], 5n],
    ],
  );
  runs(
    'locals shadow functions and builtins',
    `module ShadowFn
function twice(n: Int64) -> Int64 { n * 2 }
export function f(n: Int64) -> Int64 { let twice = |k: Int64| k + 100; twice(n) }
export function g(length: Int64) -> Int64 { length + 1 }
function max_int(a: Int64, b: Int64) -> Int64 { a * 1000 + b }
export function h(a: Int64) -> Int64 { max_int(a, 7) }
export function i(xs: List<Int64>) -> Int64 { let head = 3; head + length(xs) }
function reverse(s: String) -> String { "rev " ++ s }
export function j(s: String) -> String { reverse(s) }`,
    [
      ['f', [1n], 101n],
      ['g', [1n], 2n],
      ['h', [2n], 2007n],
      ['i', [[1n]], 4n],
      ['j', ['x'], 'rev x'],
    ],
  );
});

describe('named-args', () => {
  runs(
    'any order, with constructors and builtins',
    `module Named
type Shape = | Rect(w: Int64, h: Int64) | Dot
function clampf(value: Int64, low: Int64, high: Int64) -> Int64 { min_int(a: max_int(a: value, b: low), b: high) }
export function c(n: Int64) -> Int64 { clampf(high: 10, low: 0, value: n) }
export function r(n: Int64) -> Int64 { match Rect(h: n, w: 100) { Rect(w, h) -> w - h, Dot -> 0 } }
export function p(s: String) -> String { pad_left(char: "*", width: 5, s: s) }
export function sub(s: String) -> String { substring(s: s, end: 2, start: 1) }
export function o(n: Int64) -> Option<Int64> { Some(value: n) }`,
    [
      ['c', [50n], 10n],
      ['c', [-5n], 0n],
      ['r', [1n], 99n],
      ['p', ['ab'], '***ab'],
      ['sub', ['hello'], 'el'],
      ['o', [1n], some(1n)],
    ],
  );
  runs(
    'named arguments of a generic and of an effectful function',
    `module NamedGen
function pick<T>(first: T, second: T, want_first: Bool) -> T { match want_first { True -> first, False -> second } }
export function f(b: Bool) -> String { pick(want_first: b, second: "s", first: "f") }
effect[Log] function show(label: String, n: Int64) -> Unit { print_string("\${label}=\${int_to_string(n)}"); }
export effect[Log] function g(n: Int64) -> Unit { show(n: n, label: "n") }`,
    [
      ['f', [true], 'f'],
      ['f', [false], 's'],
      ['g', [3n], undefined, { stdout: ['n=3'] }],
    ],
  );
});

describe('syntax', () => {
  runs(
    'commas, layout and comments',
    `module Layout
type T = { a: Int64, b: Int64, }
type U = | One(x: Int64,) | Two
function
  add
  (a: Int64, b: Int64,)
  -> Int64
{ a + b }
export function f(n: Int64) -> Int64 { add(n, 2,) + length([1, 2, 3,]) }
export function g(n: Int64) -> T { { a: n b: n + 1 } }
export function h(u: U) -> Int64 { match u { One(x,) -> x Two -> 2 } } // end
export function i() -> Int64 { {}; { }; 1 }`,
    [
      ['f', [1n], 6n],
      ['g', [1n], record({ a: 1n, b: 2n })],
      ['i', [], 1n],
    ],
  );
  runs(
    'identifiers of other languages, blocks as operands, ranges without blanks',
    `module Words
export function f(else: Int64, return: Int64) -> Int64 { let while = else + return; let class = while * 2; class }
export function g(n: Int64) -> Int64 { { n + 1 } * { let k = n; k } }
export function h(n: Int64) -> Int64 { match n { 1..9->1, 10..99 -> 2, _ -> 3 } }
export function i(a: Bool) -> Int64 { match (match a { True -> 1, False -> 2 }) { 1 -> 10, _ -> 20 } }
export function __x(_1: Int64) -> Int64 { _1 }`,
    [
      ['f', [1n, 2n], 6n],
      ['g', [4n], 20n],
      ['h', [9n], 1n],
      ['h', [10n], 2n],
      ['h', [0n], 3n],
      ['i', [true], 10n],
      ['i', [false], 20n],
      ['__x', [5n], 5n],
    ],
  );
  runs(
    'aliases and function types',
    `module Alias
type Id = Int64
type Names = List<String>
type Pred = (Int64) -> Bool
function keep(xs: List<Int64>, p: Pred) -> List<Int64> { match is_empty(xs) { True -> [], False -> match p(head(xs)) { True -> concat([head(xs)], keep(tail(xs), p)), False -> keep(tail(xs), p) } } }
export function f(xs: List<Id>) -> List<Int64> { keep(xs, |n: Id| n > 2) }
export function g(ns: Names) -> Id { length(ns) }
function curry(a: Int64) -> (Int64) -> (Int64) -> Int64 { |b: Int64| |c: Int64| a * 100 + b * 10 + c }
export function h(n: Int64) -> Int64 { curry(n)(2)(3) }`,
    [
      ['f', [[1n, 2n, 3n, 4n]], [3n, 4n]],
      ['g', [['a', 'b']], 2n],
      ['h', [1n], 123n],
    ],
  );
});

describe('constants', () => {
  runs(
    'of every kind of value, in terms of each other',
    `module Consts
type P = { x: Int64, s: String }
const TEN: Int64 = 10;
const HUNDRED: Int64 = TEN * TEN;
const NAME: String = "n" ++ int_to_string(HUNDRED);
const ORIGIN: P = { x: HUNDRED, s: NAME };
const PRIMES: List<Int64> = [2, 3, 5];
const NONE_YET: Option<Float64> = None;
const DOUBLE: (Int64) -> Int64 = |n: Int64| n * 2;
export function f(n: Int64) -> Int64 { n + HUNDRED + ORIGIN.x + length(PRIMES) }
export function g() -> String { NAME ++ ORIGIN.s }
export function h() -> Option<Float64> { NONE_YET }
export function i(n: Int64) -> Int64 { DOUBLE(n) }
export function j(TEN: Int64) -> Int64 { TEN + 1 }`,
    [
      ['f', [1n], 204n],
      ['g', [], 'n100n100'],
      ['h', [], none],
      ['i', [4n], 8n],
      ['j', [1n], 2n],
    ],
  );
});
