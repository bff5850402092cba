import { describe, expect, it } from 'vitest';
import { inBody, parseText } from './parse-text.ts';
import { showDeclaration } from './show-tree.ts';

describe('mistakes in bodies: one diagnostic each, and the rest is read', () => {
  it.each<[string, string[]]>([
    ['let y = ;\nlet z = 2;\nlet w = + 1;\nw', ['3:9 parse', '5:9 parse']],
    ['let y = 1\nlet z = 2\ny + z', ['4:1 parse', '5:1 parse']],
    ['let y = 1 let z = 2; y', ['3:11 parse']],
    ['match x { _ -> 1 }\nx', ['4:1 parse']],
    ['f(1, 2;\nx', ['3:7 parse']],
    ['f(1, 2', ['4:1 parse']],
    ['f(a b, c d);\n[1 2]', ['3:5 parse', '4:4 parse']],
    [
      'match x { 1 -> ), 2 -> f(a b, c), -3 -> 4, _ -> { let y = ; y } }',
      ['3:16 parse', '3:28 parse', '3:35 parse', '3:59 parse'],
    ],
    ['match x { 1 -> 2; _ -> 3; }', ['3:17 parse']],
    ['{ { x }', ['5:1 parse']],
    ['if x { 1 } else { 2 }', ['3:1 parse']],
    ['if (x > 1) {\n  return 1;\n}\nlet y = ;\ny', ['3:1 parse', '6:9 parse']],
    ['for (let i = 0; i < 3; i++) { print(i); }\nlet y = ;', ['3:1 foreign-syntax', '4:9 parse']],
    ['while (x) {\n  x = x + 1;\n}\nreturn x;', ['3:1 foreign-syntax', '6:1 foreign-syntax']],
    ['try { f(x) } catch (e) { g(e) }', ['3:1 foreign-syntax']],
    ['match x { _ -> 1 } else { 2 }', ['3:20 foreign-syntax']],
    ['match x { 1 -> return 2, _ -> throw 3 }', ['3:16 foreign-syntax', '3:31 foreign-syntax']],
    ['let y = return x;\ny', ['3:9 foreign-syntax']],
    ['let null_y = x;\nnull', []],
    ['x && x || x', ['3:3 parse', '3:8 parse']],
    ['map(xs, n => n + 1)', ['3:11 parse']],
    ['let y = 1 @ 2;\nlet z = ;', ['3:11 parse', '4:9 parse']],
    ["let y = 'a';\nlet z = ;", ['3:9 parse', '4:9 parse']],
    ['let y = "abc;\nlet z = ;', ['3:9 parse', '4:9 parse']],
    ['"${a b} ${c d}"; let y = ;', ['3:6 parse', '3:26 parse']],
    [')', ['3:1 parse']],
    ['x ) ] ; x', ['3:3 parse']],
    ['/* a */ x', ['3:1 parse']],
  ])('%j', (statements, expected) => {
    const { module, places } = parseText(inBody(statements));
    expect(places).toEqual(expected);
    expect(module.declarations.map((node) => node.kind)).toEqual(['function', 'function']);
  });
});

describe('mistakes in declarations', () => {
  it.each<[string, string[], string[]]>([
    [
      'function f() -> { a: Int64 } { let y = ; y }\nfunction g() -> Int64 { 1 }',
      ['2:17 parse', '2:40 parse'],
      ['broken(f)', 'function g() -> Int64 {1}'],
    ],
    ['let x = 1;', ['2:1 parse'], ['broken(x)']],
    ['var x = 1', ['2:1 foreign-syntax'], ['broken(x)']],
    [
      'class Foo {\n  const a = 1;\n  foo() { return 1; }\n}\nenum B { C }',
      ['2:1 foreign-syntax', '6:1 parse'],
      ['broken(Foo)', 'broken(B)'],
    ],
    [
      'const K = 1;\nconst L: Int64 = 2\nconst M: Int64 = ;',
      ['2:9 parse', '4:1 parse', '4:18 parse'],
      ['broken(K)', 'const L: Int64 = 2', 'broken(M)'],
    ],
    ['type U = A | B(x: Int64) | C', ['2:12 parse'], ['broken(U A B C)']],
    ['type U = | A(Int64) | B', ['2:19 parse'], ['broken(U A B)']],
    ['type P = { x: Int64; y: Int64 }', ['2:20 parse'], ['broken(P)']],
    ['type P { x: Int64 }', ['2:8 parse'], ['broken(P)']],
    [
      'type P = { x: Int64 };\ntype Q = Int64;',
      ['2:22 parse', '3:15 parse'],
      ['type P = {x: Int64}', 'type Q = Int64'],
    ],
    ['function f(a) -> Int64 { let y = ; a }', ['2:13 parse', '2:34 parse'], ['broken(f)']],
    ['function f(a: Int64 -> Int64 { a }', ['2:21 parse'], ['broken(f)']],
    ['function f(a: { x: Int64 }) -> Int64 { + }', ['2:15 parse', '2:40 parse'], ['broken(f)']],
    ['function f() { 1 }', ['2:14 parse'], ['broken(f)']],
    ['function f(): Int64 { 1 }', ['2:13 parse'], ['broken(f)']],
    ['function f() -> Int64 = 1', ['2:23 parse'], ['broken(f)']],
    ['effect[Log] export function f() -> Unit {}', ['2:13 parse'], ['broken()']],
    ['effect[Log,] function f() -> Unit {}', ['2:12 parse'], ['broken()']],
    ['export async function f() -> Int64 { 1 }', ['2:8 parse'], ['export broken()', 'function f() -> Int64 {1}']],
    ['fn f(x: i64) -> i64 { x }', ['2:1 parse'], ['broken(f)']],
    [
      'import std/list\nimport { a } from x\nimport { b } from "b";',
      ['2:8 parse', '3:19 parse', '4:22 parse'],
      ['broken()', 'broken(a)'],
    ],
    ['}}\n}', ['2:1 parse'], ['broken()']],
    ['function f() -> Int64 {\n  match 1 {\n    _ -> 3\n', ['6:1 parse'], ['function f() -> Int64 {<error>;}']],
    ['module B', ['2:1 parse'], ['broken()']],
  ])('%j', (text, expected, declarations) => {
    const { module, places } = parseText(`module A\n${text}\nexport type Last = Int64`);
    expect(places).toEqual(expected);
    expect(module.declarations.map(showDeclaration)).toEqual([...declarations, 'export type Last = Int64']);
  });

  it.each([
    ['', ['1:1 parse']],
    ['module', ['1:7 parse']],
    ['module type X = Int64', ['1:8 parse']],
    ['function f() -> Int64 { 1 }', ['1:1 parse']],
    ['module A;', ['1:9 parse']],
    ['module A {\n  function f() -> Int64 { 1 }\n}', ['1:10 parse']],
    ['import { a } from "./a"\nmodule A', ['1:1 parse']],
    ['```clarity\nmodule A\n```', ['1:1 parse', '3:1 parse']],
  ])('the header %j', (text, expected) => expect(parseText(text).places).toEqual(expected));
});
