import { describe } from 'vitest';

import { rejects } from '../../helpers/clarity-program.ts';

describe('rej-names', () => {
  rejects(
    'an unknown function',
    'undefined-name',
    2,
    `module A
function f() -> Int64 { absent(1) }`,
  );
  rejects(
    'a lambda parameter outside of its lambda',
    'undefined-name',
    4,
    `module A
function f() -> Int64 {
  let g = |inner: Int64| inner + 1;
  g(inner)
}`,
  );
  rejects(
    'a name inside of an interpolation',
    'undefined-name',
    4,
    `module A
function f() -> String {
  let a = "x";
  "\${a} and \${b}"
}`,
  );
  rejects(
    'a type in a let',
    'unknown-type',
    3,
    `module A
function f() -> Int64 {
  let x: Number = 1;
  1
}`,
  );
  rejects(
    'a type in a record',
    'unknown-type',
    2,
    `module A
type P = { x: Int }
function f() -> Int64 { 1 }`,
  );
  rejects(
    'a type in a variant',
    'unknown-type',
    3,
    `module A
type U =
  | V(x: Str)
function f() -> Int64 { 1 }`,
  );
  rejects(
    'a type in a lambda',
    'unknown-type',
    2,
    `module A
function f() -> Int64 { let g = |x: string| 1; 1 }`,
  );
  rejects(
    'a List without its argument',
    'unknown-type',
    2,
    `module A
function f(xs: List) -> Int64 { 1 }`,
  );
  rejects(
    'a Result with one argument',
    'unknown-type',
    2,
    `module A
function f() -> Result<Int64> { Ok(1) }`,
  );
  rejects(
    'a type parameter of another function',
    'unknown-type',
    3,
    `module A
function id<T>(x: T) -> T { x }
function f(x: T) -> Int64 { 1 }`,
  );
  rejects(
    'a lambda that names itself',
    'undefined-name',
    3,
    `module A
function f(n: Int64) -> Int64 {
  let go = |k: Int64| match k { 0 -> 0, _ -> go(k - 1) };
  go(n)
}`,
  );
  rejects(
    'an assignment to nothing',
    'undefined-name',
    4,
    `module A
function f() -> Int64 {
  let mut a = 1;
  b = 2;
  a
}`,
  );
  rejects(
    'a name that the importing file did not import',
    'undefined-name',
    3,
    `module A
import { gcd } from "std/math"
function f() -> Int64 { lcm(1, gcd(2, 4)) }`,
  );
  rejects(
    'two functions of one name',
    'duplicate-definition',
    3,
    `module A
function f() -> Int64 { 1 }
function f() -> Int64 { 2 }`,
  );
  rejects(
    'two fields of one name',
    'duplicate-definition',
    2,
    `module A
type P = { x: Int64, x: Int64 }
function f() -> Int64 { 1 }`,
  );
});

describe('rej-imports', () => {
  rejects(
    'a missing file in a folder',
    'module-not-found',
    3,
    `module A

import { x } from "./sub/absent"
function f() -> Int64 { 1 }`,
  );
  rejects(
    'an unknown name of the standard library',
    'not-exported',
    2,
    `module A
import { sort, no_such } from "std/list"
function f() -> Int64 { 1 }`,
  );
  rejects(
    'a private type',
    'not-exported',
    2,
    `module A
import { Hidden } from "./lib"
function f() -> Int64 { 1 }`,
    { 'lib.clarity': 'module Lib\ntype Hidden = { x: Int64 }\nexport function one() -> Int64 { 1 }' },
  );
  rejects(
    'a fault two modules away',
    'undefined-name',
    3,
    `module A
import { b } from "./b"
function f() -> Int64 { b() }`,
    {
      'b.clarity': 'module B\nimport { c } from "./c"\nexport function b() -> Int64 { c() }',
      'c.clarity': 'module C\n\nexport function c() -> Int64 { ghost }',
    },
  );
  rejects(
    'a file that imports itself through two others',
    'module-unavailable',
    undefined,
    `module A
import { b } from "./b"
export function a() -> Int64 { b() }`,
    {
      'b.clarity': 'module B\nimport { c } from "./c"\nexport function b() -> Int64 { c() }',
      'c.clarity': 'module C\nimport { b } from "./b"\nexport function c() -> Int64 { b() }',
    },
  );
});

describe('rej-effects', () => {
  rejects(
    'an effect that nobody knows',
    'unknown-effect',
    2,
    `module A
effect[Logging] function f() -> Unit { }`,
  );
  rejects(
    'in a match arm',
    'missing-effect',
    5,
    `module A
function f(n: Int64) -> Unit {
  match n {
    0 -> {},
    _ -> print_int(n)
  }
}`,
  );
  rejects(
    'one of two',
    'missing-effect',
    4,
    `module A
effect[Log, Random] function dice() -> Int64 { let n = random_int(1, 6); print_int(n); n }
effect[Log] function f() -> Int64 {
  dice()
}`,
  );
  rejects(
    'in a nested lambda',
    'missing-effect',
    3,
    `module A
function f() -> Int64 {
  let g = |x: Int64| { let h = |y: Int64| { print_int(y); y }; h(x) };
  g(1)
}`,
  );
  rejects(
    'in a constant',
    'missing-effect',
    2,
    `module A
const K: Int64 = random_int(1, 2);
function f() -> Int64 { 1 }`,
  );
  rejects(
    'of an imported function',
    'missing-effect',
    3,
    `module A
import { get } from "std/http"
function f() -> Result<String, String> { get("http://x") }`,
  );
  rejects(
    'through a function value',
    'missing-effect',
    undefined,
    `module A
effect[Log] function p(x: Int64) -> Int64 { print_int(x); x }
function ap(g: (Int64) -> Int64, x: Int64) -> Int64 { g(x) }
function f(n: Int64) -> Int64 { ap(p, n) }`,
  );
});
