import { describe, expect, it } from 'vitest';
import { checkText } from './check-text.ts';

const lines = (count: number, each: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => each(i)).join('\n');
const kinds = (text: string) => [...new Set(checkText(text).findings.map(({ kind }) => kind))];
const PAIR = 'type P<A, B> = { fst: A, snd: B }\n';

/** Texts whose types, names or numbers grow faster than they do: each ends soon, and deep ones do not overflow the stack. */
describe('work is bounded for', () => {
  it.each([
    [
      'types that double',
      `${PAIR}function f() -> Unit {\nlet a0 = 1;\n${lines(100, (i) => `let a${i + 1} = { fst: a${i}, snd: a${i} };`)}\n}`,
    ],
    [
      'open types that double',
      `${PAIR}function f() -> Unit {\nlet a0 = [];\n${lines(100, (i) => `let a${i + 1} = [{ fst: a${i}, snd: a${i} }];`)}\n}`,
    ],
    ['types that nest', `function f() -> Unit {\nlet a0 = 1;\n${lines(2_000, (i) => `let a${i + 1} = [a${i}];`)}\n}`],
    ['aliases that square', `${PAIR}type T0<X> = P<X, X>\n${lines(40, (i) => `type T${i + 1}<X> = T${i}<T${i}<X>>`)}`],
  ])('%s: too-large', (_, text) => {
    expect(kinds(text)).toEqual(['too-large']);
  });

  it.each([
    ['a chain of aliases', `${lines(5_000, (i) => `type A${i} = A${i + 1}`)}\ntype A5000 = Int64`, []],
    ['a ring of aliases', lines(5_000, (i) => `type A${i} = A${(i + 1) % 5_000}`), ['unknown-type']],
    ['a chain of constants', `const K0: Int64 = 1;\n${lines(5_000, (i) => `const K${i + 1}: Int64 = K${i};`)}`, []],
    [
      'a ring of constants',
      `const K0: Int64 = f();\n${lines(5_000, (i) => `const K${i + 1}: Int64 = K${i};`)}\nfunction f() -> Int64 { K5000 }`,
      ['constant-cycle'],
    ],
    ['many unknown names', lines(3_000, (i) => `function f${i}() -> Int64 { unknown${i} }`), ['undefined-name']],
    [
      'many unknown names beside many locals',
      `function f(n: Int64) -> Int64 {\n${lines(5_000, (i) => `let a${i} = unknown${i};`)}\nn }`,
      ['undefined-name'],
    ],
    [
      'unknown names of many letters',
      lines(200, (i) => `function ${'a'.repeat(2_000)}${i}() -> Int64 { ${'a'.repeat(2_000)}x${i}() }`),
      ['undefined-name'],
    ],
    [
      'many unknown fields of a record of many',
      `type R = { ${lines(3_000, (i) => `a${i}: Int64,`)} }\nfunction f(r: R) -> Unit {\n${lines(3_000, (i) => `r.unknown${i};`)}\n}`,
      ['no-field'],
    ],
    ['many arms', `function f(n: Int64) -> Int64 { match n {\n${lines(5_000, (i) => `${i} -> ${i},`)}\n_ -> 0 } }`, []],
    [
      'many variables that one type fixes',
      `function f() -> Unit {\nlet a0 = [];\n${lines(2_000, (i) => `let a${i + 1} = concat(a${i}, []);`)}\n}`,
      [],
    ],
  ] as const)('%s', (_, text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });
});
