import { describe, expect, it } from 'vitest';
import { inBody, parseText } from './parse-text.ts';
import { showDeclaration, showExpr } from './show-tree.ts';

describe('declarations', () => {
  it.each([
    ['type Id = Int64', 'type Id = Int64'],
    ['export type F<T> = (T, List<T>) -> Bool', 'export type F<T> = (T, List<T>) -> Bool'],
    ['type P = {}', 'type P = {}'],
    ['type P<A, B,> = { x: A, y: B, }', 'type P<A, B> = {x: A, y: B}'],
    ['type U = | A', 'type U = | A()'],
    [
      'type U = | A | B() | C(x: Int64, y: Map<String, Int64>,)',
      'type U = | A() | B() | C(x: Int64, y: Map<String, Int64>)',
    ],
    ['const K: Float64 = -1.5;', 'const K: Float64 = (- 1.5)'],
    ['export const K: Int64 = 1;', 'export const K: Int64 = 1'],
    ['function f() -> Unit {}', 'function f() -> Unit {}'],
    [
      'export function f<T, R>(a: T, b: (T) -> R,) -> R { b(a) }',
      'export function f<T, R>(a: T, b: (T) -> R) -> R {(b a)}',
    ],
    ['effect[Log] function f() -> Unit { g(); }', 'effect[Log] function f() -> Unit {(g);}'],
    ['export effect[Log, Time, Log] function f() -> Unit {}', 'export effect[Log, Time, Log] function f() -> Unit {}'],
    ['function f() -> () -> () -> Int64 { || || 1 }', 'function f() -> () -> () -> Int64 {(|| (|| 1))}'],
    ['function else(while: Int64) -> Int64 { while }', 'function else(while: Int64) -> Int64 {while}'],
  ])('%s', (text, expected) => {
    const { module, places } = parseText(`module A ${text}`);
    expect(places).toEqual([]);
    expect(module.declarations.map(showDeclaration)).toEqual([expected]);
  });

  it('reads imports between declarations', () => {
    const { module, places } = parseText(
      'module A import { a, B, } from "std/list" type X = B import { c } from "./c"',
    );
    expect(places).toEqual([]);
    expect(module.name).toBe('A');
    expect(module.imports.map(({ names, specifier }) => [names.map(({ text }) => text), specifier])).toEqual([
      [['a', 'B'], 'std/list'],
      [['c'], './c'],
    ]);
  });
});

describe('expressions', () => {
  it.each([
    ['007', '7'],
    ['9223372036854775808', '9223372036854775808'],
    ['1.50', '1.5'],
    ['True', 'true'],
    ['[]', '[]'],
    ['[1, 2,]', '[1 2]'],
    ['f()', '(f)'],
    ['f(1, 2,)', '(f 1 2)'],
    ['f(b: 1, a: g(c: 2))', '(f b:1 a:(g c:2))'],
    ['a.b.c', 'a.b.c'],
    ['{ a: 1, b: 2, }', '{a:1 b:2}'],
    ['{ a: 1 b: 2 }', '{a:1 b:2}'],
    ['{}', '{}'],
    ['{ a }', '{a}'],
    ['{ a; b; }', '{a; b;}'],
    ['{ a; { b } }', '{a; {b}}'],
    ['let y: List<List<Int64>> = []', '(let y: List<List<Int64>> [])'],
    ['let mut y = 1', '(let mut y 1)'],
    ['let _ = f()', '(let _ (f))'],
    ['|a: Int64, b: (Int64) -> Int64| b(a)', '(|a: Int64, b: (Int64) -> Int64| (b a))'],
    ['match x {}', '(match x )'],
    ['match { a: 1 } { _ -> 1 }', '(match {a:1} _ -> 1)'],
    ['match x { 1 -> a 2 -> b }', '(match x 1 -> a, 2 -> b)'],
    ['match x { n if n > 1 -> a, _ -> b, }', '(match x n if (> n 1) -> a, _ -> b)'],
    [
      'match x { 0..9 -> a, 1.5 -> b, "s" -> c, """t""" -> d, True -> e }',
      '(match x 0..9 -> a, 1.5 -> b, "s" -> c, "t" -> d, true -> e)',
    ],
    [
      'match x { Red -> 1, Red() -> 2, red() -> 3, red -> 4, _red -> 5 }',
      '(match x Red! -> 1, Red() -> 2, red() -> 3, red -> 4, _red -> 5)',
    ],
    ['match x { Mix(a, level: Some(_), 1..2,) -> 1 }', '(match x Mix(a, level: Some(_), 1..2) -> 1)'],
  ])('%s', (text, expected) => {
    const { module, places } = parseText(inBody(text));
    expect(places).toEqual([]);
    const [declaration] = module.declarations;
    expect(declaration?.kind === 'function' && declaration.body.result && showExpr(declaration.body.result)).toBe(
      expected,
    );
  });
});
