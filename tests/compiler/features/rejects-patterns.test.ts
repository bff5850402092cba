import { describe } from 'vitest';

import { rejects } from '../../helpers/clarity-program.ts';

describe('rej-exhaustive', () => {
  rejects(
    'an Int64 with ranges only',
    'non-exhaustive',
    3,
    `module A
function f(n: Int64) -> Int64 {
  match n { 0 -> 1, 1..100 -> 2 }
}`,
  );
  rejects(
    'an Option without None',
    'non-exhaustive',
    3,
    `module A
function f(o: Option<String>) -> Int64 {
  match o { Some(s) -> 1 }
}`,
  );
  rejects(
    'a union of five',
    'non-exhaustive',
    5,
    `module A
type D = | N | E | S | W | C
function f(d: D) -> Int64 {
  let k = 1;
  match d { N -> 1, E -> 2, S -> 3, C -> k }
}`,
  );
  rejects(
    'a nested match',
    'non-exhaustive',
    5,
    `module A
function f(a: Bool, b: Bool) -> Int64 {
  match a {
    True -> 1,
    False -> match b { False -> 2 }
  }
}`,
  );
  rejects(
    'guarded arms only',
    'non-exhaustive',
    2,
    `module A
function f(b: Bool) -> Int64 { match b { True if b -> 1, False -> 2 } }`,
  );
  rejects(
    'a sub-pattern that does not cover',
    'non-exhaustive',
    2,
    `module A
function f(o: Option<Bool>) -> Int64 { match o { Some(True) -> 1, None -> 2 } }`,
  );
  rejects(
    'a nested result',
    'non-exhaustive',
    2,
    `module A
function f(r: Result<Option<Int64>, String>) -> Int64 { match r { Ok(Some(_)) -> 1, Err(_) -> 2 } }`,
  );
});

describe('rej-patterns', () => {
  rejects(
    'a variant of another union',
    'unknown-variant',
    4,
    `module A
type C = | Red | Green
type D = | North | South
function f(c: C) -> Int64 { match c { Red -> 1, North -> 2, _ -> 3 } }`,
  );
  rejects(
    'too many sub-patterns',
    'pattern-arity',
    4,
    `module A
type S = | Box(w: Int64) | Dot
function f(s: S) -> Int64 {
  match s { Box(a, b) -> a, Dot -> 0 }
}`,
  );
  rejects(
    'a field that the variant does not have',
    'pattern-arity',
    3,
    `module A
type S = | Box(w: Int64) | Dot
function f(s: S) -> Int64 { match s { Box(h: a) -> a, Dot -> 0 } }`,
  );
  rejects(
    'a Bool literal on an Int64',
    'pattern-type',
    3,
    `module A
function f(n: Int64) -> Int64 {
  match n { True -> 1, _ -> 0 }
}`,
  );
  rejects(
    'an Int64 literal on a String',
    'pattern-type',
    2,
    `module A
function f(s: String) -> Int64 { match s { 1 -> 1, _ -> 0 } }`,
  );
  rejects(
    'a range on a String',
    'range-type',
    2,
    `module A
function f(s: String) -> Int64 { match s { 1..2 -> 1, _ -> 0 } }`,
  );
  rejects(
    'a range on a Float64',
    'range-type',
    2,
    `module A
function f(x: Float64) -> Int64 { match x { 1..2 -> 1, _ -> 0 } }`,
  );
  rejects(
    'an empty range',
    'range-bounds',
    2,
    `module A
function f(n: Int64) -> Int64 { match n { 3..3 -> 1, _ -> 0 } }`,
  );
  rejects(
    'a guard of type String',
    'guard-type',
    3,
    `module A
function f(o: Option<String>) -> Int64 {
  match o { Some(s) if s -> 1, _ -> 0 }
}`,
  );
  rejects(
    'a variant pattern on a record',
    'pattern-not-union',
    3,
    `module A
type P = { x: Int64 }
function f(p: P) -> Int64 { match p { Some(x) -> 1, _ -> 0 } }`,
  );
  rejects(
    'a literal of the wrong type inside of a variant',
    'pattern-type',
    2,
    `module A
function f(o: Option<Int64>) -> Int64 { match o { Some("x") -> 1, _ -> 0 } }`,
  );
});
