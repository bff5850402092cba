import { describe } from 'vitest';

import { rejects } from '../../helpers/clarity-program.ts';

describe('rej-parse', () => {
  rejects(
    'a missing result type',
    'parse',
    3,
    `module A
type P = { x: Int64 }
function f(a: Int64) { a }`,
  );
  rejects(
    'a missing closing brace',
    'parse',
    4,
    `module A
function f() -> Int64 {
  1
`,
  );
  rejects(
    'a let without a value',
    'parse',
    3,
    `module A
function f() -> Int64 {
  let x;
  1
}`,
  );
  rejects(
    'two expressions without a semicolon',
    'parse',
    4,
    `module A
effect[Log] function f() -> Int64 {
  print_int(1)
  2
}`,
  );
  rejects(
    'a const without a semicolon',
    'parse',
    3,
    `module A
const K: Int64 = 3
function f() -> Int64 { 1 }`,
  );
  rejects(
    'a match arm without an arrow',
    'parse',
    3,
    `module A
function f(n: Int64) -> Int64 {
  match n { 0 1, _ -> 2 }
}`,
  );
  rejects(
    'a lambda parameter without a type',
    'parse',
    3,
    `module A
function f() -> Int64 {
  let g = |x| x;
  1
}`,
  );
  rejects(
    'an unterminated string',
    'parse',
    3,
    `module A
function f() -> String {
  "abc
}`,
  );
  rejects(
    'an unterminated interpolation',
    'parse',
    3,
    `module A
function f() -> String {
  "a\${1
}`,
  );
  rejects(
    'a block comment',
    'parse',
    2,
    `module A
/* no */
function f() -> Int64 { 1 }`,
  );
  rejects(
    'a non-ASCII identifier',
    'parse',
    2,
    `module A
function größe() -> Int64 { 1 }`,
  );
  rejects(
    'a keyword as a name',
    'parse',
    2,
    `module A
function match() -> Int64 { 1 }`,
  );
  rejects(
    'a trailing comma in the effect list',
    'parse',
    2,
    `module A
effect[Log,] function f() -> Int64 { 1 }`,
  );
  rejects(
    'an empty parenthesis',
    'parse',
    3,
    `module A
function f() -> Int64 {
  ()
}`,
  );
  rejects(
    'a unary plus',
    'parse',
    2,
    `module A
function f(n: Int64) -> Int64 { +n }`,
  );
  rejects(
    'a record pattern',
    'parse',
    4,
    `module A
type P = { x: Int64 }
function f(p: P) -> Int64 {
  match p { { x: a } -> a }
}`,
  );
  rejects(
    'an or pattern',
    'parse',
    3,
    `module A
function f(n: Int64) -> Int64 {
  match n { 1 | 2 -> 1, _ -> 2 }
}`,
  );
  rejects(
    'a semicolon after an import',
    'parse',
    2,
    `module A
import { sort } from "std/list";
function f() -> Int64 { 1 }`,
  );
  rejects(
    'text after the expression of an interpolation',
    'parse',
    2,
    `module A
function f(s: String) -> String { "\${s s}" }`,
  );
  rejects(
    'a pipe as an operator',
    'parse',
    3,
    `module A
function f(a: Bool, b: Bool) -> Bool {
  a || b
}`,
  );
  rejects(
    'double ampersand',
    'parse',
    2,
    `module A
function f(a: Bool, b: Bool) -> Bool { a && b }`,
  );
  rejects('an empty file', 'parse', 1, '');
  rejects(
    'a literal above the range of Int64',
    'int-range',
    3,
    `module A
function f() -> Int64 {
  9223372036854775808
}`,
  );
});

describe('rej-foreign-syntax', () => {
  for (const [word, rest] of [
    ['class', 'C { }'],
    ['for', '(i = 0; i < 3; i = i + 1) { }'],
    ['try', '{ }'],
    ['interface', 'I { }'],
    ['throw', 'x'],
    ['else', '{ }'],
    ['null', ''],
  ])
    rejects(
      `${word!} at the top level`,
      'foreign-syntax',
      3,
      `module A
function f() -> Int64 { 1 }
${word!} ${rest!}`,
    );
});
