import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';

describe('equality', () => {
  runs(
    'by structure: scalars, records, unions, Option, Result and lists of each other',
    `module Eq
type P = { x: Int64, y: Float64, tag: String, on: Bool }
type S = | Dot | Circle(at: P, r: Float64) | Many(of: List<S>)
function p(x: Int64, y: Float64) -> P { { x: x, y: y, tag: "t" ++ int_to_string(x), on: True } }
function same<T>(a: T, b: T) -> Bool { a == b and !(a != b) }
export function records(x: Int64, y: Float64) -> Bool { same(p(1, 2.0), p(x, y)) }
export function nan() -> Bool { let n = sqrt(0.0 - 1.0); same(p(1, n), p(1, n)) }
export function zero() -> Bool { same([0.0], [0.0 * (0.0 - 1.0)]) }
export function unions(x: Int64) -> Bool { same(Many([Dot, Circle(p(1, 1.0), 2.0)]), Many([Dot, Circle(p(x, 1.0), 2.0)])) }
export function lengths() -> Bool { [Dot] == [Dot, Dot] }
export function tags() -> Bool { same(Dot, Many([])) }
export function options(n: Int64) -> Bool { same(Some(Some(1)), Some(Some(n))) and same(None, None) and Some(n) != None }
export function results(s: String) -> Bool { let a: Result<Int64, String> = Err("e" ++ s); same(a, Err("ex")) }
export function nested() -> Bool { same([[1, 2], []], [[1, 2], []]) and [[1], [2]] != [[1], [3]] }
export function bytes(n: Int64) -> Bool { same(bytes_set(bytes_new(3), 1, 255), bytes_set(bytes_new(3), 1, n)) }
export function bools(b: Bool) -> Bool { [True, False] == [b, !b] and True == b }
export function times() -> Bool { same([timestamp_from_int(5)], [timestamp_add(timestamp_from_int(4), 1)]) }
export function units() -> Bool { same({}, {}) and same([{}], [{}]) and [{}] != [] }`,
    [
      ['records', [1n, 2], true],
      ['records', [2n, 2], false],
      ['records', [1n, 2.5], false],
      ['nan', [], false],
      ['zero', [], true],
      ['unions', [1n], true],
      ['unions', [2n], false],
      ['lengths', [], false],
      ['tags', [], false],
      ['options', [1n], true],
      ['options', [2n], false],
      ['results', ['x'], true],
      ['results', ['y'], false],
      ['nested', [], true],
      ['bytes', [255n], true],
      ['bytes', [254n], false],
      ['bools', [true], true],
      ['bools', [false], false],
      ['times', [], true],
      ['units', [], true],
    ],
  );
  runs(
    'linked lists and trees of any length; mutual types',
    `module Long
type L = | Nil | Cons(head: Int64, tail: L)
type A = | AEnd | ANext(b: B)
type B = { n: Int64, a: A }
function make(n: Int64, l: L) -> L { match n { 0 -> l, _ -> make(n - 1, Cons(n, l)) } }
export function long(n: Int64, m: Int64) -> Bool { make(n, Nil) == make(n, match m { 0 -> Nil, _ -> Cons(m, Nil) }) }
export function mutual(n: Int64) -> Bool { ANext({ n: 1, a: ANext({ n: 2, a: AEnd }) }) == ANext({ n: 1, a: ANext({ n: n, a: AEnd }) }) }`,
    [
      ['long', [200_000n, 0n], true],
      ['long', [200_000n, 1n], false],
      ['mutual', [2n], true],
      ['mutual', [3n], false],
    ],
  );
  runs(
    'order of strings by UTF-16 code units, of timestamps, and in generic code',
    `module Order
function lower<T>(a: T, b: T) -> T { match a <= b { True -> a, False -> b } }
export function s(a: String, b: String) -> List<Bool> { [a < b, a <= b, a > b, a >= b] }
export function least(a: Int64) -> String { lower("b", lower("c", "a")) ++ int_to_string(lower(a, 5)) ++ float_to_string(lower(1.5, 0.5)) }
export function t(n: Int64) -> Bool { timestamp_from_int(n) < timestamp_from_int(10) }`,
    [
      ['s', ['a', 'b'], [true, true, false, false]],
      ['s', ['b', 'a'], [false, false, true, true]],
      ['s', ['ab', 'ab'], [false, true, false, true]],
      ['s', ['a', 'ab'], [true, true, false, false]],
      ['s', ['\u{1F600}', '\uFFFD'], [true, true, false, false]],
      ['least', [9n], 'a50.5'],
      ['t', [9n], true],
    ],
  );
});
