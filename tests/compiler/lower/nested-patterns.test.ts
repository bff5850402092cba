import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';
import { err, none, ok, some, variant } from '../../helpers/clarity-values.ts';

describe('nested patterns', () => {
  runs(
    'literals of every kind, ranges and variants inside of variants',
    `module Nested
type Leaf = | I(n: Int64) | F(x: Float64) | S(s: String) | B(b: Bool) | Empty
type Node = | One(leaf: Leaf) | Two(left: Leaf, right: Leaf)
export function f(node: Node) -> Int64 {
  match node {
    One(I(0)) -> 1, One(I(1..9)) -> 2, One(I(n)) -> n,
    One(F(2.5)) -> 3, One(S("x")) -> 4, One(B(True)) -> 5, One(B(False)) -> 6,
    Two(Empty, Empty) -> 7, Two(Empty, I(n)) -> n, Two(I(a), I(b)) if a > b -> 8, Two(I(a), I(b)) -> a + b,
    Two(_, S(s)) -> string_length(s), Two(S(_), _) -> 9, _ -> 10
  }
}`,
    [
      ['f', [variant('One', { leaf: variant('I', { n: 0n }) })], 1n],
      ['f', [variant('One', { leaf: variant('I', { n: 9n }) })], 2n],
      ['f', [variant('One', { leaf: variant('I', { n: 10n }) })], 10n],
      ['f', [variant('One', { leaf: variant('F', { x: 2.5 }) })], 3n],
      ['f', [variant('One', { leaf: variant('F', { x: 2 }) })], 10n],
      ['f', [variant('One', { leaf: variant('S', { s: 'x' }) })], 4n],
      ['f', [variant('One', { leaf: variant('B', { b: true }) })], 5n],
      ['f', [variant('One', { leaf: variant('B', { b: false }) })], 6n],
      ['f', [variant('Two', { left: variant('Empty'), right: variant('Empty') })], 7n],
      ['f', [variant('Two', { left: variant('Empty'), right: variant('I', { n: 42n }) })], 42n],
      ['f', [variant('Two', { left: variant('I', { n: 4n }), right: variant('I', { n: 3n }) })], 8n],
      ['f', [variant('Two', { left: variant('I', { n: 3n }), right: variant('I', { n: 4n }) })], 7n],
      ['f', [variant('Two', { left: variant('S', { s: '' }), right: variant('S', { s: 'abc' }) })], 3n],
      ['f', [variant('Two', { left: variant('S', { s: '' }), right: variant('Empty') })], 9n],
      ['f', [variant('Two', { left: variant('Empty'), right: variant('F', { x: 1 }) })], 10n],
    ],
  );
  runs(
    'Option in Result in Option, named sub-patterns in any order',
    `module Deep
type P = | P(a: Int64, b: Option<Int64>, c: Bool)
export function f(r: Result<Option<Result<Int64, String>>, String>) -> String {
  match r { Ok(Some(Ok(7))) -> "seven", Ok(Some(Ok(n))) -> int_to_string(n), Ok(Some(Err(e))) -> e, Ok(None) -> "none", Err(e) -> "!" ++ e }
}
export function g(p: P) -> Int64 { match p { P(c: True, b: Some(n), a: 1..5) -> n, P(b: None, a: k, c: _) -> k, P(a: x, b: Some(y), c: False) -> x * y, _ -> -1 } }`,
    [
      ['f', [ok(some(ok(7n)))], 'seven'],
      ['f', [ok(some(ok(8n)))], '8'],
      ['f', [ok(some(err('e')))], 'e'],
      ['f', [ok(none)], 'none'],
      ['f', [err('x')], '!x'],
      ['g', [variant('P', { a: 3n, b: some(9n), c: true })], 9n],
      ['g', [variant('P', { a: 30n, b: none, c: true })], 30n],
      ['g', [variant('P', { a: 3n, b: some(9n), c: false })], 27n],
      ['g', [variant('P', { a: 30n, b: some(9n), c: true })], -1n],
    ],
  );
  runs(
    'a match as statement, operand, argument, guard, scrutinee and element',
    `module Places
export function operand(o: Option<Int64>) -> Int64 { 1 + match o { Some(n) -> n, None -> 0 } * 2 }
export function guard(o: Option<Int64>, n: Int64) -> Int64 { match n { k if match o { Some(m) -> m == k, None -> False } -> 1, _ -> 2 } }
export function scrutinee(o: Option<Int64>) -> String { match match o { Some(n) -> n > 0, None -> False } { True -> "yes", False -> "no" } }
export function element(o: Option<Int64>) -> List<Int64> { [match o { Some(n) -> n, None -> 0 }, match o { Some(_) -> 1, None -> 2 }] }
export function statement(o: Option<Int64>) -> Int64 { let mut x = 0; match o { Some(n) -> { x = n; }, None -> { x = -1; } }; match o { Some(n) -> n, None -> 0 }; x }`,
    [
      ['operand', [some(5n)], 11n],
      ['guard', [some(5n), 5n], 1n],
      ['guard', [none, 5n], 2n],
      ['scrutinee', [some(1n)], 'yes'],
      ['scrutinee', [none], 'no'],
      ['element', [none], [0n, 2n]],
      ['statement', [some(3n)], 3n],
      ['statement', [none], -1n],
    ],
  );
  runs(
    'the scrutinee is evaluated once, guards in order and only after their pattern; a variable that a guard assigns does not change it',
    `module Once
effect[Log] function say(s: String, b: Bool) -> Bool { print_string(s); b }
effect[Log] function value(n: Int64) -> Option<Int64> { print_string("value"); Some(n) }
export effect[Log] function f(n: Int64) -> Int64 {
  match value(n) { Some(1) if say("a", False) -> 1, None -> 2, Some(k) if say("b", k > 5) -> 3, Some(1..2) -> 4, Some(_) -> 5 }
}
export function g() -> Int64 { let mut x = 1; match x { k if { x = 5; k == 2 } -> 0, 1 -> x * 10, _ -> 99 } }
export function h(o: Option<Int64>) -> Int64 { match o { Some(n) if 10 / n > 2 -> n, _ -> 0 } }`,
    [
      ['f', [1n], 4n, { stdout: ['value', 'a', 'b'] }],
      ['f', [7n], 3n, { stdout: ['value', 'b'] }],
      ['f', [3n], 5n, { stdout: ['value', 'b'] }],
      ['g', [], 50n],
      ['h', [some(3n)], 3n],
      ['h', [none], 0n],
      ['h', [some(0n)], trap('divide-by-zero')],
    ],
  );
});
