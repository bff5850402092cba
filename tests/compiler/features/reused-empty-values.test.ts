import { describe } from 'vitest';

import { rejects, runs } from '../../helpers/clarity-program.ts';

describe('a let without an element serves every type, as the value itself does', () => {
  runs(
    'empty lists, None, Err and variants of generic unions',
    `module Reuse
type Either<A, B> = | L(a: A) | R(b: B)
type Box<A> = | Big(x: Float64, a: Either<A, Int64>) | Small
function text(r: Result<String, Int64>) -> Int64 { match r { Ok(x) -> string_length(x), Err(e) -> e } }
function number(r: Result<Float64, Int64>) -> Int64 { match r { Ok(x) -> float_to_int(x), Err(e) -> e } }
export function list() -> Int64 { let e = []; length(append(append(e, "a"), "b")) + length(concat(e, [1.5])) + length(append([e], [1])) }
export function equal() -> Bool { let e = []; e == [1] or e == ["a"] or e == [] }
export function err() -> Int64 { let e = Err(7); text(e) + number(e) }
export function none() -> Int64 { let n = None; let f = || n; match f() { Some(v) -> v, None -> 1 } + match n { Some(s) -> string_length(s), None -> 2 } }
export function nested() -> Int64 {
  let b = Big(1.5, R(8));
  match b { Big(_, L(s)) -> string_length(s), Big(_, R(n)) -> n, Small -> 0 } + match b { Big(_, L(f)) -> float_to_int(f), Big(_, R(n)) -> n * 10, Small -> 0 }
}
function known<T>(x: T) -> Int64 { let o = Ok(x); match o { Ok(_) -> 1, Err(s) -> string_length(s) } + match o { Ok(_) -> 1, Err(n) -> n } }
export function generic() -> Int64 { known(1.5) + known("x") }`,
    [
      ['list', [], 5n],
      ['equal', [], true],
      ['err', [], 14n],
      ['none', [], 3n],
      ['nested', [], 88n],
      ['generic', [], 4n],
    ],
  );
  rejects(
    'a mutable variable has one type',
    'arg-type',
    5,
    `module A
function f() -> Int64 {
  let mut e = [];
  e = append(e, 1);
  e = append(e, "x");
  1
}`,
  );
  rejects(
    'the result of a call has one type',
    'arg-type',
    5,
    `module A
function f() -> Int64 {
  let make = |n: Int64| [];
  let e = make(1);
  length(append(e, 1)) + length(append(e, "x"))
}`,
  );
});
