import fc from 'fast-check';
import { describe, it } from 'vitest';

import { expectSound } from '../../helpers/clarity-fuzz.ts';
import { sized } from '../../helpers/size.ts';

const WORDS = [
  ...'module import export from function type const let mut match effect True False and or if'.split(' '),
  ...'( ) { } [ ] + - * / % ++ == != < > <= >= ! -> | , : ; . .. = _'.split(' '),
  ...'A B x y f g T Int64 Float64 Bool String Unit List Option Result Map Some None Ok Err Log'.split(' '),
  ...[
    '0',
    '1',
    '42',
    '9223372036854775808',
    '1.5',
    '1..9',
    '"s"',
    '"a${',
    '}"',
    '"""',
    '"',
    '\n',
    '// c\n',
    '\\',
    '@',
    'é',
    '😀',
    '\0',
  ],
  ...['print_int', 'head', 'append', 'map_new', 'while', 'return', 'null', 'else'],
];
const FRAGMENTS = [
  'module A\n',
  'function f(x: Int64) -> Int64 {',
  'type R = { a: Int64 }\n',
  'type U = | P(n: Int64) | Q\n',
  'match x { 0 -> 1, _ -> 2 }',
  'let y = ',
  '|a: Int64| ',
  '{ a: 1 }',
  'Some(',
  'P(n)',
  'effect[Log] function g() -> Unit {',
  'import { sort } from "std/list"\n',
  'const K: Int64 = 1;\n',
];

const runs = (small: number, full: number) => ({ numRuns: sized(small, full) });

describe('any text is compiled or refused', () => {
  it('random tokens', () => {
    const text = fc.array(fc.constantFrom(...WORDS, ...FRAGMENTS), { maxLength: 60 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, fc.boolean(), (body, headed) => void expectSound(headed ? `module A ${body}` : body)),
      runs(200, 3_000),
    );
  });

  it('random tokens inside of a function', () => {
    const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((words) => words.join(' '));
    const program = (body: string) =>
      `module A\ntype R = { a: Int64 }\ntype U = | P(n: Int64) | Q\nfunction f(x: Int64, y: List<Int64>) -> Int64 {\n${body}\n}\nfunction g(x: Int64) -> Int64 { f(x, [x]) }\n`;
    fc.assert(
      fc.property(text, (body) => void expectSound(program(body))),
      runs(150, 2_000),
    );
  });

  it('random Unicode and bytes', () => {
    const unicode = fc.array(fc.nat(0x10ffff), { maxLength: 100 }).map((list) => String.fromCodePoint(...list));
    const bytes = fc.uint8Array({ maxLength: 200 }).map((list) => new TextDecoder().decode(list));
    const halves = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((list) => String.fromCharCode(...list));
    fc.assert(
      fc.property(fc.oneof(unicode, bytes, halves), (text) => void expectSound(text)),
      runs(150, 2_000),
    );
    fc.assert(
      fc.property(
        fc.oneof(unicode, halves),
        (text) => void expectSound(`module A\nfunction f() -> String { "${text}" }\n`),
      ),
      runs(50, 500),
    );
  });
});
