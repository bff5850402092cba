import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { some } from '../../helpers/clarity-values.ts';

describe('closures', () => {
  runs(
    'three deep: each lambda sees the variables of all around it, of every representation',
    `module Deep
export function f(a: Int64, x: Float64, s: String, b: Bool) -> String {
  let p = a * 10;
  let one = |c: Int64| {
    let q = c + p;
    |d: Int64| {
      let t = s ++ "!";
      |e: Int64| int_to_string(a + c + d + e + p + q) ++ float_to_string(x) ++ t ++ match b { True -> "T", False -> "F" }
    }
  };
  one(1)(2)(3)
}
export function g(n: Int64) -> Int64 { (|a: Int64| |b: Int64| |c: Int64| n)(1)(2)(3) }`,
    [
      ['f', [4n, 0.5, 'hi', true], '910.5hi!T'],
      ['g', [9n], 9n],
    ],
  );
  runs(
    'capture is by value at creation; a lambda assigns its own copy, anew at each call',
    `module Copy
export function before() -> Int64 { let mut x = 1; let f = || x; x = 2; f() * 10 + x }
export function own() -> Int64 { let mut x = 1; let bump = || { x = x + 1; x }; let a = bump(); let b = bump(); a * 100 + b * 10 + x }
export function nested() -> Int64 { let mut x = 1; let outer = || { x = x + 1; let inner = || { x = x * 10; x }; inner() + x }; outer() * 100 + x }
export function loop(n: Int64, fs: List<() -> Int64>) -> List<() -> Int64> { match n { 0 -> fs, _ -> loop(n - 1, append(fs, || n)) } }
export function all() -> Int64 { let fs = loop(3, []); head(fs)() * 100 + nth(fs, 1)() * 10 + nth(fs, 2)() }`,
    [
      ['before', [], 12n],
      ['own', [], 221n],
      ['nested', [], 2201n],
      ['all', [], 321n],
    ],
  );
  runs(
    'pattern variables and parameters of lambdas that shadow',
    `module Shadow
type Pair = { a: Int64, f: (Int64) -> Int64 }
export function f(o: Option<Int64>, n: Int64) -> Int64 { match o { Some(n) -> (|m: Int64| m + n)(n * 2) + n, None -> n } }
export function g(n: Int64) -> Int64 { let f = |n: Int64| { let n = n + 1; { let n = n * 2; n } + n }; f(n) + n }
export function h(n: Int64) -> Pair { let k = n + 1; { f: |x: Int64| x + k, a: k } }
export function i(n: Int64) -> Int64 { let p = h(n); p.f(p.a) }`,
    [
      ['f', [some(3n), 100n], 12n],
      ['g', [1n], 7n],
      ['i', [1n], 4n],
    ],
  );
  runs(
    'named functions, builtins, constructors and instances as values',
    `module Values
type Box = | Box(n: Int64, s: String) | Bare
type R = { value: Int64 }
function twice(n: Int64) -> Int64 { n * 2 }
function same<T>(x: T) -> T { x }
function map<A, B>(xs: List<A>, f: (A) -> B) -> List<B> { go(xs, f, []) }
function go<A, B>(xs: List<A>, f: (A) -> B, out: List<B>) -> List<B> { match is_empty(xs) { True -> out, False -> go(tail(xs), f, append(out, f(head(xs)))) } }
export function named() -> List<Int64> { map([1, 2, 3], twice) }
export function builtin() -> List<String> { map([1, 2], int_to_string) }
export function lists() -> List<Int64> { map([[1], [2, 3]], length) }
export function constructor() -> List<Option<Int64>> { map([1, 2], Some) }
export function own(n: Int64) -> Int64 { let make = Box; match make(n, "a") { Box(m, _) -> m, Bare -> 0 } }
export function chosen(b: Bool) -> Int64 { (match b { True -> twice, False -> |n: Int64| n + 1 })(20) }
export function stored() -> Int64 { let fs = [twice, abs_int, |n: Int64| 0 - n]; nth(fs, 0)(1) + nth(fs, 1)(0 - 5) + nth(fs, 2)(1) }
export function compose(n: Int64) -> Int64 { let c = |f: (Int64) -> Int64, g: (Int64) -> Int64| |x: Int64| g(f(x)); c(twice, c(twice, twice))(n) }`,
    [
      ['named', [], [2n, 4n, 6n]],
      ['builtin', [], ['1', '2']],
      ['lists', [], [1n, 2n]],
      ['constructor', [], [some(1n), some(2n)]],
      ['own', [5n], 5n],
      ['chosen', [true], 40n],
      ['chosen', [false], 21n],
      ['stored', [], 6n],
      ['compose', [3n], 24n],
    ],
  );
});
