import { describe, expect, it } from 'vitest';
import { formatSource } from '../../../src/compiler/format/format.ts';
import { lintModule } from '../../../src/compiler/lint/lint-module.ts';
import { MAX_SOURCE } from '../../../src/compiler/syntax/parse-module.ts';
import { MAX_DEPTH } from '../../../src/compiler/syntax/parser.ts';
import { parseText } from './parse-text.ts';

const body = (text: string) =>
  `module A\nfunction f(a: Int64) -> Int64 { ${text} }\nfunction g() -> Int64 { let x = ; 1 }`;

/** Texts that nest once for each level: what opens, the middle, what closes. */
const NESTS: [string, string, string][] = [
  ['(', 'a', ')'],
  ['[', 'a', ']'],
  ['f(', 'a', ')'],
  ['f(x: ', 'a', ')'],
  ['{', 'a', '}'],
  ['{ x: ', 'a', '}'],
  ['-', 'a', ''],
  ['x = ', 'a', ''],
  ['let x = ', 'a', ''],
  ['|x: Int64| ', 'a', ''],
  ['match a { _ -> ', 'a', '}'],
  ['match a { _ if ', 'a', ' -> a }'],
  ['match ', 'a', ' { _ -> a }'],
  ['"${', 'a', '}"'],
  ['1 or 1 and 1 == 1 < 1 + 1 * (', 'a', ')'],
];

/** Texts that are longer by one link for each level. */
const CHAINS: [string, string][] = [
  ['a', ' + a'],
  ['a', '.b'],
  ['a', '(1)'],
];

describe('depth', () => {
  it.each(NESTS)('%j nests no deeper than the limit', (open, middle, close) => {
    const text = (levels: number) => body(open.repeat(levels) + middle + close.repeat(levels));
    expect(parseText(text(MAX_DEPTH / 16)).places).toEqual(['3:33 parse']);
    expect(parseText(text(20_000)).places.map((place) => place.split(' ')[1])).toEqual(['too-deep', 'parse']);
  });

  it.each(CHAINS)('%j%j… has no more links than the limit', (first, link) => {
    expect(parseText(body(first + link.repeat(MAX_DEPTH - 10))).places).toEqual(['3:33 parse']);
    expect(parseText(body(first + link.repeat(MAX_DEPTH + 1))).places).toHaveLength(2);
    expect(parseText(body(first + link.repeat(50_000))).places).toHaveLength(2);
  });

  it('counts chains and nesting together', () => {
    const levels = MAX_DEPTH / 20;
    const mixed = `${'f('.repeat(levels)}a${`.b)${' + a'.repeat(30)}`.repeat(levels)}`;
    expect(parseText(body(mixed)).places.map((place) => place.split(' ')[1])).toEqual(['too-deep', 'parse']);
  });

  it.each([
    ['type T = ' + 'List<'.repeat(9_000) + 'Int64' + '>'.repeat(9_000), ['too-deep']],
    ['type T = ' + '() -> '.repeat(9_000) + 'Int64', ['too-deep']],
    [`function f(a: Int64) -> Int64 { match a { ${'S('.repeat(9_000)}_${')'.repeat(9_000)} -> 1 } }`, ['too-deep']],
  ])('types and patterns have the same limit', (text, kinds) => {
    expect(parseText(`module A ${text}`).diagnostics.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('the deepest tree that parses can be formatted and linted', () => {
    const text = `module A\nfunction f(a: Int64) -> Int64 {${'match f({ let b = '.repeat(97)}a${'; b }) { _ -> a }'.repeat(97)}}`;
    const { module, places } = parseText(text);
    expect(places).toEqual([]);
    expect(lintModule(module)).toEqual([]);
    expect(formatSource(text)).toBeDefined();
  });

  it('a larger file than the limit is not read', () => {
    const { module, diagnostics } = parseText(`module A ${' '.repeat(MAX_SOURCE)}`);
    expect(diagnostics.map(({ kind }) => kind)).toEqual(['too-large']);
    expect(module.name).toBe('');
  });
});
