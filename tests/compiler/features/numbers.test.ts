import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';

describe('int-arith', () => {
  runs(
    'remainder takes the sign of the dividend, division truncates',
    `module IntSigns
export function quot(a: Int64, b: Int64) -> Int64 { a / b }
export function rest(a: Int64, b: Int64) -> Int64 { a % b }
export function back(a: Int64, b: Int64) -> Int64 { a / b * b + a % b }`,
    [
      ['quot', [-7n, 2n], -3n],
      ['quot', [7n, -2n], -3n],
      ['quot', [-7n, -2n], 3n],
      ['rest', [-7n, 2n], -1n],
      ['rest', [7n, -2n], 1n],
      ['rest', [-(2n ** 63n), -1n], 0n],
      ['back', [-123n, 7n], -123n],
      ['quot', [1n, 0n], trap('divide-by-zero')],
      ['rest', [1n, 0n], trap('remainder-by-zero')],
      ['quot', [-(2n ** 63n), -1n], trap('integer-overflow')],
    ],
  );
  runs(
    'everything wraps at 64 bits',
    `module IntWrap
export function square(a: Int64) -> Int64 { a * a }
export function negate(a: Int64) -> Int64 { -a }
export function hash(s: String) -> Int64 { go(chars(s), 1469598103934665603) }
function go(cs: List<String>, h: Int64) -> Int64 { match is_empty(cs) { True -> h, False -> go(tail(cs), (h + char_code(head(cs))) * 1099511628211) } }
export function low() -> Int64 { -9223372036854775808 }`,
    [
      ['square', [2n ** 32n], 0n],
      ['square', [3037000500n], BigInt.asIntN(64, 3037000500n ** 2n)],
      ['negate', [-(2n ** 63n)], -(2n ** 63n)],
      ['hash', [''], 1469598103934665603n],
      ['hash', ['a'], BigInt.asIntN(64, (1469598103934665603n + 97n) * 1099511628211n)],
      ['hash', ['ab'], BigInt.asIntN(64, ((1469598103934665603n + 97n) * 1099511628211n + 98n) * 1099511628211n)],
      ['low', [], -(2n ** 63n)],
    ],
  );
  runs(
    'precedence and left association',
    `module IntPrec2
export function a(x: Int64, y: Int64, z: Int64) -> Int64 { x - y - z * x / y % z }
export function b(x: Int64) -> Int64 { -x * -x + - -x }
export function c(x: Int64) -> Bool { x + 1 > x * 2 and x % 3 == 0 or x == 100 }`,
    [
      ['a', [20n, 3n, 7n], 20n - 3n - (((7n * 20n) / 3n) % 7n)],
      ['b', [5n], 30n],
      ['c', [0n], true],
      ['c', [3n], false],
      ['c', [100n], true],
      ['c', [-3n], true],
    ],
  );
});

describe('float-arith', () => {
  runs(
    'IEEE edges',
    `module FloatEdges
export function div(a: Float64, b: Float64) -> Float64 { a / b }
export function rem(a: Float64, b: Float64) -> Float64 { a % b }
export function eq(a: Float64, b: Float64) -> Bool { a == b }
export function ne(a: Float64, b: Float64) -> Bool { a != b }
export function le(a: Float64, b: Float64) -> Bool { a <= b }`,
    [
      ['div', [0, 0], NaN],
      ['div', [-1, 0], -Infinity],
      ['div', [1, -0], -Infinity],
      ['rem', [-7.5, 2], -1.5],
      ['rem', [5, 0], NaN],
      ['rem', [5, Infinity], 5],
      ['eq', [NaN, NaN], false],
      ['ne', [NaN, NaN], true],
      ['le', [NaN, 1], false],
      ['eq', [0, -0], true],
    ],
  );
  runs(
    'Newton and a polynomial',
    `module FloatPoly
function step(x: Float64, guess: Float64, n: Int64) -> Float64 { match n { 0 -> guess, _ -> step(x, (guess + x / guess) / 2.0, n - 1) } }
export function root(x: Float64) -> Float64 { step(x, x, 30) }
export function poly(x: Float64) -> Float64 { 2.0 * x * x - 3.5 * x + 0.25 }
export function neg(x: Float64) -> Float64 { -x - -x * 2.0 }
export function mean(xs: List<Float64>) -> Float64 { sum(xs, 0.0) / int_to_float(length(xs)) }
function sum(xs: List<Float64>, acc: Float64) -> Float64 { match is_empty(xs) { True -> acc, False -> sum(tail(xs), acc + head(xs)) } }`,
    [
      ['root', [144], 12],
      ['poly', [2], 1.25],
      ['neg', [1.5], 1.5],
      ['mean', [[1, 2, 6]], 3],
      ['mean', [[]], NaN],
    ],
  );
  runs(
    'conversion to Int64',
    `module FloatConv2
export function down(x: Float64) -> Int64 { float_to_int(x) }
export function text(x: Float64) -> String { float_to_string(x) }
export function round(x: Float64) -> Int64 { float_to_int(floor(x + 0.5)) }`,
    [
      ['down', [-0.9], 0n],
      ['down', [1e15], 1000000000000000n],
      ['text', [0.1], '0.1'],
      ['text', [100], '100'],
      ['text', [1e21], '1e+21'],
      ['text', [-0], '0'],
      ['text', [NaN], 'NaN'],
      ['text', [-Infinity], '-Infinity'],
      ['round', [2.5], 3n],
      ['round', [-2.5], -2n],
    ],
  );
});

describe('bool-logic', () => {
  runs(
    'tables and precedence',
    `module BoolTables
export function xor(a: Bool, b: Bool) -> Bool { (a or b) and !(a and b) }
export function implies(a: Bool, b: Bool) -> Bool { !a or b }
export function same(a: Bool, b: Bool) -> Bool { a == b }
export function prec(a: Bool, b: Bool, c: Bool) -> Bool { a or b and c }
export function notnot(a: Bool) -> Bool { !!a }
export function majority(a: Bool, b: Bool, c: Bool) -> Bool { a and b or b and c or a and c }`,
    [
      ['xor', [true, true], false],
      ['xor', [true, false], true],
      ['implies', [true, false], false],
      ['implies', [false, false], true],
      ['same', [false, false], true],
      ['same', [false, true], false],
      ['prec', [true, false, false], true],
      ['prec', [false, true, false], false],
      ['notnot', [true], true],
      ['majority', [true, false, true], true],
      ['majority', [false, false, true], false],
    ],
  );
  runs(
    'short circuit guards a division',
    `module BoolShort
export function divides(d: Int64, n: Int64) -> Bool { d != 0 and n % d == 0 }
export function safe(d: Int64) -> Bool { d == 0 or 10 / d > 3 }
export effect[Log] function seen(a: Bool, b: Bool) -> Bool { say("l", a) or say("r", b) }
effect[Log] function say(s: String, b: Bool) -> Bool { print_string(s); b }`,
    [
      ['divides', [0n, 5n], false],
      ['divides', [3n, 9n], true],
      ['safe', [0n], true],
      ['safe', [5n], false],
      ['seen', [true, true], true, { stdout: ['l'] }],
      ['seen', [false, true], true, { stdout: ['l', 'r'] }],
    ],
  );
  runs(
    'comparisons of every scalar',
    `module Cmp
export function ints(a: Int64, b: Int64) -> List<Bool> { [a < b, a <= b, a > b, a >= b, a == b, a != b] }
export function strings(a: String, b: String) -> List<Bool> { [a == b, a != b] }
export function order(a: String, b: String) -> List<Bool> { [a < b, a <= b, a > b, a >= b] }
export function between(n: Int64, lo: Int64, hi: Int64) -> Bool { lo <= n and n <= hi }`,
    [
      ['ints', [-1n, 1n], [true, true, false, false, false, true]],
      ['ints', [-(2n ** 63n), 2n ** 63n - 1n], [true, true, false, false, false, true]],
      ['strings', ['é', 'é'], [true, false]],
      ['order', ['abc', 'abd'], [true, true, false, false]],
      ['order', ['b', 'abc'], [false, false, true, true]],
      ['order', ['a', 'a'], [false, true, false, true]],
      ['order', ['', 'a'], [true, true, false, false]],
      ['between', [5n, 5n, 5n], true],
    ],
  );
});
