import { expect, it } from 'vitest';
import { lintModule } from '../../../src/compiler/lint/lint-module.ts';
import { parseText } from '../syntax/parse-text.ts';

function lint(text: string): string[] {
  const { module, places } = parseText(`module A\n${text}`);
  expect(places).toEqual([]);
  const { source } = module;
  return lintModule(module).map(({ rule, span }) => `${rule} ${source.text.slice(span.start, span.end)}`);
}

it.each<[string, string[]]>([
  ['import { a, b, c } from "./x" export function f(x: c) -> Int64 { a(1) }', ['unused-import b']],
  ['import { a, _b } from "./x" export function f(a: Int64) -> Int64 { a }', ['unused-import a']],
  ['import { Shape } from "./x" export function f(x: Int64) -> Int64 { match g() { Circle(r) -> r } }', []],
  [
    'import { Shape } from "./x" export function f(x: Option<Int64>) -> Int64 { match x { Some(r) -> r, None -> 1 } }',
    ['unused-import Shape'],
  ],
  ['function g() -> Int64 { 1 } export function f() -> Int64 { 1 }', ['unused-function g']],
  ['function g() -> Int64 { g() } export function f() -> Int64 { 1 }', ['unused-function g']],
  [
    'function g() -> Int64 { h() } function h() -> Int64 { g() } export function f() -> Int64 { 1 }',
    ['unused-function g', 'unused-function h'],
  ],
  ['function g() -> Int64 { 1 } function h() -> Int64 { g() } export function f() -> Int64 { apply(h) }', []],
  ['function g() -> Int64 { 1 } export function f(g: Int64) -> Int64 { g }', ['unused-function g']],
  ['function g() -> Int64 { 1 } function h() -> Int64 { 2 }', []],
  ['function main() -> Int64 { 1 } effect[Test] function test_a() -> Unit {} function _h() -> Int64 { 2 }', []],
  [
    'const K: Int64 = 1; const L: Int64 = 2; const M: Int64 = L; export function f() -> Int64 { M }',
    ['unused-constant K'],
  ],
  ['type P = { x: Int64 } export function f() -> Int64 { 1 }', ['unused-type P']],
  ['type P = { x: Int64, y: Int64 } export function f() -> Int64 { { y: 1, x: 2 }.x }', []],
  [
    'type P = { x: Int64 } function x() -> Int64 { 1 } export function f() -> Int64 { { x: 2 }.x }',
    ['unused-function x'],
  ],
  [
    'type U = | A | B type V = | C(u: U) export function f() -> Bool { match A { A -> True, B -> False } }',
    ['unused-type V'],
  ],
  ['type U = | A | B type V = { u: U } export function f(v: List<V>) -> Int64 { 1 }', []],
  ['export function f(a: Int64) -> Int64 { let b = 1; let _c = 2; let _ = 3; 4 }', ['unused-variable b']],
  ['export function f() -> Int64 { let mut b = 1; b = 2; 3 }', ['unused-assignment b']],
  ['export function f() -> Int64 { let b = 1; { let b = 2; b } }', ['unused-variable b']],
  ['export function f() -> Int64 { let b = 1; let b = b + 1; b }', []],
  ['export function f() -> (Int64) -> Int64 { let b = 1; |c: Int64| b }', []],
  [
    'export function f(o: Option<Int64>) -> String { match o { Some(n) -> "a", other -> "b" } }',
    ['unused-variable n', 'unused-variable other'],
  ],
  ['export function f(o: Option<Int64>) -> String { match o { Some(n) if n > 1 -> "a", None -> "${g([-h.x])}" } }', []],
])('%s', (text, expected) => expect(lint(text)).toEqual(expected));

it('says what to do', () => {
  const { module } = parseText('module A\nexport function f() -> Int64 { let b = 1; 2 }');
  expect(lintModule(module)).toEqual([
    {
      rule: 'unused-variable',
      span: { start: 44, end: 45 },
      message: 'The variable `b` is never read.',
      help: 'Remove it, or name it `_` or `_b`.',
    },
  ]);
});
