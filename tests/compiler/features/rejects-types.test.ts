import { describe } from 'vitest';

import { rejects } from '../../helpers/clarity-program.ts';

describe('rej-types-ops', () => {
  rejects(
    'Float64 plus Int64',
    'mixed-numeric',
    2,
    `module A
function f(x: Float64) -> Float64 { x + 1 }`,
  );
  rejects(
    'a String plus a String',
    'operand-type',
    3,
    `module A
function f(s: String) -> String {
  s + s
}`,
  );
  rejects(
    'or with a String',
    'operand-type',
    2,
    `module A
function f(b: Bool) -> Bool { b or "x" }`,
  );
  rejects(
    'minus of a Bool',
    'operand-type',
    2,
    `module A
function f(b: Bool) -> Bool { -b }`,
  );
  rejects(
    'a comparison of a String and an Int64',
    'compare-type',
    2,
    `module A
function f(s: String) -> Bool { s == 1 }`,
  );
  rejects(
    'a comparison of two records',
    'compare-type',
    4,
    `module A
type P = { x: Int64 }
type Q = { y: Int64 }
function f(p: P, q: Q) -> Bool { p == q }`,
  );
  rejects(
    'a Bool in a sum',
    'operand-type',
    2,
    `module A
function f(n: Int64) -> Int64 { n + True }`,
  );
  rejects(
    'an Int64 as an interpolation',
    'operand-type',
    2,
    `module A
function f(n: Int64) -> String { "\${n}" }`,
  );
  rejects(
    'a remainder of mixed numbers',
    'mixed-numeric',
    3,
    `module A
function f(n: Int64) -> Int64 {
  n % 2.0
}`,
  );
});

describe('rej-types-calls', () => {
  rejects(
    'too few arguments',
    'arg-count',
    3,
    `module A
function g(a: Int64, b: Int64) -> Int64 { a }
function f() -> Int64 { g(1) }`,
  );
  rejects(
    'the second argument of a builtin',
    'arg-type',
    2,
    `module A
function f(s: String) -> String { string_repeat(s, "3") }`,
  );
  rejects(
    'a positional after a named argument',
    'named-mixed',
    3,
    `module A
function g(a: Int64, b: Int64) -> Int64 { a }
function f() -> Int64 { g(a: 1, 2) }`,
  );
  rejects(
    'named arguments on a function value',
    'named-on-value',
    3,
    `module A
function f(g: (Int64) -> Int64) -> Int64 {
  g(x: 1)
}`,
  );
  rejects(
    'a call of a String',
    'not-callable',
    3,
    `module A
function f() -> Int64 { let s = "x";
  s(1) }`,
  );
  rejects(
    'a lambda with the wrong parameter',
    'arg-type',
    3,
    `module A
function ap(g: (Int64) -> Int64) -> Int64 { g(1) }
function f() -> Int64 { ap(|s: String| 1) }`,
  );
  rejects(
    'a lambda with two parameters too many',
    'arg-type',
    3,
    `module A
function ap(g: () -> Int64) -> Int64 { g() }
function f() -> Int64 { ap(|a: Int64, b: Int64| a) }`,
  );
  rejects(
    'Some with two values',
    'arg-count',
    2,
    `module A
function f() -> Option<Int64> { Some(1, 2) }`,
  );
  rejects(
    'concat of two kinds of lists',
    'arg-type',
    2,
    `module A
function f(xs: List<Int64>) -> List<Int64> { concat(xs, ["a"]) }`,
  );
  rejects(
    'a generic callback that does not fit',
    'arg-type',
    3,
    `module A
function map<T, R>(xs: List<T>, f: (T) -> R) -> List<R> { [] }
function f(xs: List<String>) -> List<Int64> { map(xs, |n: Int64| n) }`,
  );
  rejects(
    'a map with the wrong key',
    'arg-type',
    2,
    `module A
function f(m: Map<String, Int64>) -> Option<Int64> { map_get(m, 1) }`,
  );
  rejects(
    'a variant with the wrong field',
    'arg-type',
    3,
    `module A
type S = | Box(w: Int64) | Dot
function f() -> S { Box("wide") }`,
  );
});

describe('rej-types-decls', () => {
  rejects(
    'a body that ends with a semicolon',
    'return-type',
    2,
    `module A
function f() -> Int64 { 1; }`,
  );
  rejects(
    'an empty body',
    'return-type',
    2,
    `module A
function f() -> String { }`,
  );
  rejects(
    'a list of another element',
    'return-type',
    2,
    `module A
function f() -> List<String> { [1, 2] }`,
  );
  rejects(
    'a let of a list',
    'let-type',
    3,
    `module A
function f() -> Int64 {
  let xs: List<Int64> = ["a"];
  1
}`,
  );
  rejects(
    'a list of two kinds',
    'list-element',
    3,
    `module A
function f() -> List<Int64> {
  [1, 2, "three"]
}`,
  );
  rejects(
    'arms of an Option',
    'arm-type',
    5,
    `module A
function f(o: Option<Int64>) -> Int64 {
  match o {
    Some(n) -> n,
    None -> "none"
  }
}`,
  );
  rejects(
    'a constant',
    'const-type',
    3,
    `module A
const OK: Int64 = 1;
const K: String = 2.5;
function f() -> Int64 { OK }`,
  );
  rejects(
    'the result of a generic function',
    'return-type',
    2,
    `module A
function p<T>(a: T) -> T { "x" }
function f() -> Int64 { p(1) }`,
  );
  rejects(
    'a Bool where a function was promised',
    'return-type',
    2,
    `module A
function f() -> (Int64) -> Bool { |x: Int64| x }`,
  );
});

describe('rej-records', () => {
  rejects(
    'an extra field',
    'no-record-type',
    3,
    `module A
type P = { x: Int64 }
function f() -> P { { x: 1, y: 2 } }`,
  );
  rejects(
    'a member of an Int64',
    'no-member',
    2,
    `module A
function f(n: Int64) -> Int64 { n.x }`,
  );
  rejects(
    'a member of a union',
    'no-member',
    3,
    `module A
type U = | V(x: Int64) | W
function f(u: U) -> Int64 { u.x }`,
  );
  rejects(
    'a nested field that is not there',
    'no-field',
    4,
    `module A
type In = { v: Int64 }
type Out = { inner: In }
function f(o: Out) -> Int64 { o.inner.w }`,
  );
  rejects(
    'the wrong record as an argument',
    'arg-type',
    5,
    `module A
type P = { x: Int64 }
type Q = { y: Int64 }
function g(p: P) -> Int64 { p.x }
function f() -> Int64 { g({ y: 1 }) }`,
  );
  rejects(
    'a field of the wrong type deep inside',
    'field-type',
    4,
    `module A
type In = { v: Int64 }
type Out = { inner: In, s: String }
function f() -> Out { { inner: { v: "1" }, s: "x" } }`,
  );
});

describe('rej-mutability', () => {
  rejects(
    'a parameter',
    'immutable-assign',
    2,
    `module A
function f(n: Int64) -> Int64 { n = 2; n }`,
  );
  rejects(
    'a pattern variable',
    'immutable-assign',
    3,
    `module A
function f(o: Option<Int64>) -> Int64 {
  match o { Some(v) -> { v = 1; v }, None -> 0 }
}`,
  );
  rejects(
    'an option of another inner type',
    'assign-type',
    4,
    `module A
function f() -> Int64 {
  let mut o = Some(1);
  o = Some("x");
  1
}`,
  );
  rejects(
    'a shadowing let that is not mutable',
    'immutable-assign',
    5,
    `module A
function f() -> Int64 {
  let mut a = 1;
  let a = a + 1;
  a = 3;
  a
}`,
  );
  rejects(
    'a captured immutable',
    'immutable-assign',
    4,
    `module A
function f() -> Int64 {
  let a = 1;
  let g = || { a = 2; a };
  g()
}`,
  );
  rejects(
    'a first arm of the wrong type, where the others are right: the arms are the error, not the function',
    'arm-type',
    5,
    `module A
function f(n: Int64) -> Int64 {
  match n {
    0 -> "none",
    _ -> n
  }
}`,
  );
  rejects(
    'a first element of the wrong type, where the others are right',
    'list-element',
    5,
    `module A
function f(n: Int64) -> List<Int64> {
  [
    "none",
    n
  ]
}`,
  );
  rejects(
    'lists joined with ++: that the function then gives something else is no error of its own',
    'operand-type',
    3,
    `module A
function f(n: List<Int64>) -> List<Int64> {
  n ++ n
}`,
  );
  rejects(
    'and with a list: that the function then gives something else is no error of its own',
    'operand-type',
    3,
    `module A
function f(n: List<Int64>) -> List<Int64> {
  n and True
}`,
  );
  rejects(
    'not of a list: that the function then gives something else is no error of its own',
    'operand-type',
    3,
    `module A
function f(n: List<Int64>) -> List<Int64> {
  !n
}`,
  );
  rejects(
    'a list compared with a number: that the function then gives something else is no error of its own',
    'compare-type',
    3,
    `module A
function f(n: List<Int64>) -> List<Int64> {
  n == 1
}`,
  );
  rejects(
    'an unknown variable assigned as the value of a function: that the function then gives something else is no error of its own',
    'undefined-name',
    3,
    `module A
function f(n: List<Int64>) -> List<Int64> {
  x = n
}`,
  );
});
