import { describe } from 'vitest';

import { rejects, runs } from '../../helpers/clarity-program.ts';
import { none, ok, some, variant } from '../../helpers/clarity-values.ts';

describe('corners of the grammar', () => {
  runs(
    'precedence between the kinds of operators',
    `module Prec
export function a(x: Int64, y: Int64) -> Bool { x < y == True }
export function b(p: Bool, q: Bool) -> Bool { !p == q }
export function c(x: Int64) -> Int64 { -x % 3 }
export function d(s: String) -> Bool { s ++ "b" == "ab" and True or False }
export function e(x: Int64) -> Int64 { 2 + 3 * x - 4 / 2 % 3 }
export function f(x: Int64) -> Bool { x + 1 == 2 != False }
export function g(x: Float64) -> Float64 { -x * -1.0 - -0.5 }`,
    [
      ['a', [1n, 2n], true],
      ['a', [2n, 1n], false],
      ['b', [true, false], true],
      ['c', [4n], -1n],
      ['d', ['a'], true],
      ['e', [2n], 6n],
      ['f', [1n], true],
      ['g', [2], 2.5],
    ],
  );
  runs(
    'lambdas take all that follows, matches only their arms',
    `module Extent
export function a(n: Int64) -> Int64 { let f = |x: Int64| x + 1 == 2 or x > 10; match f(n) { True -> 1, False -> 0 } }
export function b(n: Int64) -> Int64 { (|x: Int64| x * 2)(n) }
export function c(n: Int64) -> List<Int64> { let fs = [|x: Int64| x + 1, |x: Int64| x * 10]; let g = nth(fs, 1); [g(n), head(fs)(n)] }
export function d(n: Int64) -> Int64 { match n { 0 -> 1 1 -> 2 _ -> match n { 2 -> 20 _ -> 30 } } }
export function e() -> Int64 { let f = || { 1; }; f(); 5 }
export function f(n: Int64) -> Int64 { let y = match n { 0 -> { let k = 4; k * 2 }, _ -> 1 } + 100; y }`,
    [
      ['a', [1n], 1n],
      ['a', [11n], 1n],
      ['a', [5n], 0n],
      ['b', [4n], 8n],
      ['c', [3n], [30n, 4n]],
      ['d', [1n], 2n],
      ['d', [3n], 30n],
      ['e', [], 5n],
      ['f', [0n], 108n],
    ],
  );
  runs(
    'texts that look like something else',
    `module Texts
export function a() -> String { "// no comment" }
export function b() -> String { "{ } ( ) [ ] \${"}"}" }
export function c(s: String) -> String { "\${"\${"\${s}"}"}" }
export function d() -> String { "" ++ "" }
export function e() -> String { """a // b "" c""" } // "
export function f(s: String) -> String { "\${match s { "x" -> "{", _ -> "}" }}" }
export function g() -> String { "a$" ++ "$b" ++ "\\\${" }`,
    [
      ['a', [], '// no comment'],
      ['b', [], '{ } ( ) [ ] }'],
      ['c', ['q'], 'q'],
      ['d', [], ''],
      ['e', [], 'a // b "" c'],
      ['f', ['x'], '{'],
      ['g', [], `a$$b\${`],
    ],
  );
});

describe('corners of names and types', () => {
  runs(
    'user variants with names of the built-in ones',
    `module Own
type Maybe = | Nothing | Just(value: Int64)
type Answer = | Ok2(value: Int64) | None2
type State = | Open | Closed
export function a(n: Int64) -> Maybe { match n { 0 -> Nothing, _ -> Just(n) } }
export function b(o: Option<State>) -> Int64 { match o { Some(Open) -> 1, Some(Closed) -> 2, None -> 3 } }
export function c(n: Int64) -> Result<Option<Int64>, State> { match n { 0 -> Err(Closed), 1 -> Ok(None), _ -> Ok(Some(n)) } }
export function d(a: Answer) -> Int64 { match a { Ok2(v) -> v, None2 -> 0 } }`,
    [
      ['a', [0n], variant('Nothing')],
      ['a', [2n], variant('Just', { value: 2n })],
      ['b', [some(variant('Closed'))], 2n],
      ['b', [none], 3n],
      ['c', [1n], ok(none)],
      ['c', [5n], ok(some(5n))],
      ['d', [variant('Ok2', { value: 4n })], 4n],
    ],
  );
  runs(
    'warnings do not keep a program from compiling',
    `module Warned
export function a(n: Int64) -> Int64 { match n { 1..10 -> 1, 5..20 -> 2, _ -> 3, _ -> 4 } }
export function even(n: Int64) -> Bool { match n { 0 -> True, _ -> odd(n - 1) } }
export function odd(n: Int64) -> Bool { match n { 0 -> False, _ -> even(n - 1) } }
function unused<T>(x: T) -> T { x }`,
    [
      ['a', [7n], 1n],
      ['a', [15n], 2n],
      ['even', [10n], true],
    ],
  );
  runs(
    'functions of the entry file can be called, exported or not',
    `module Entries
function hidden(n: Int64) -> Int64 { n + 1 }
export function shown(n: Int64) -> Int64 { hidden(n) * 2 }
function main() -> String { "main" }
export function nothing() -> Unit { hidden(1); }`,
    [
      ['hidden', [1n], 2n],
      ['shown', [1n], 4n],
      ['main', [], 'main'],
      ['nothing', [], undefined],
    ],
  );
  runs(
    'a variant and a type imported by name',
    `module Main
import { Red, Color } from "./colors"
export function a() -> Color { Red }
export function b(c: Color) -> Int64 { match c { Red -> 1, _ -> 2 } }`,
    [
      ['a', [], variant('Red')],
      ['b', [variant('Blue', { shade: 1n })], 2n],
    ],
    { 'colors.clarity': 'module Colors\nexport type Color = | Red | Blue(shade: Int64)\n' },
  );
  rejects(
    'two variants of one name',
    'duplicate-definition',
    3,
    `module A
type U = | X | Y
type V = | Y | Z
function f() -> Int64 { 1 }`,
  );
  rejects(
    'a record with one field twice',
    'duplicate-definition',
    3,
    `module A
type P = { x: Int64 }
function f() -> P { { x: 1, x: 2 } }`,
  );
});
