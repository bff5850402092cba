import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/compiler/source/source-file.ts';
import { corpusFiles } from './corpus-files.ts';
import { parseText } from './parse-text.ts';

const PIECES =
  'module import export from function type const let mut match effect True False and or if x Foo _ 1 2.5 "s" "a${ } }b${ }c" """t""" ( ) { } [ ] + - * / % ++ == != < > <= >= ! -> | || , : ; . .. = => && @ \' ` # // /* */ \\" ä while return null \n'.split(
    ' ',
  );
const texts = corpusFiles().map(({ text }) => text);

/** Every diagnostic and every node lies in the file, and a node lies in its parent. */
function holds(text: string): void {
  const { module, diagnostics } = parseText(text);
  for (const { span } of diagnostics) within(span, { start: 0, end: text.length });
  for (const node of [...module.imports, ...module.declarations]) walk(node, { start: 0, end: text.length });
}

function walk(node: object, outer: Span): void {
  const span = 'start' in node && 'end' in node ? (node as Span) : outer;
  within(span, outer);
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value))
      value.forEach((item: unknown) => typeof item === 'object' && item !== null && walk(item, span));
    else if (typeof value === 'object' && value !== null) walk(value, span);
  }
}

function within({ start, end }: Span, outer: Span): void {
  if (start > end || start < outer.start || end > outer.end) {
    throw new Error(`${start}…${end} is not within ${outer.start}…${outer.end}`);
  }
}

describe('any text parses to a module with true places', () => {
  it('tokens in any order', () => {
    const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(soup, fc.boolean(), (text, body) => holds(body ? `module A function f() -> Int64 { ${text}` : text)),
      {
        numRuns: 1_500,
      },
    );
  });

  it('characters in any order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => holds(`module A ${text}`)),
      { numRuns: 500 },
    );
  });

  it('programs that were cut off', () => {
    const cut = fc.constantFrom(...texts).chain((text) => fc.nat(text.length).map((length) => text.slice(0, length)));
    fc.assert(fc.property(cut, holds), { numRuns: 500 });
  });

  it('programs with a stretch replaced', () => {
    const mutated = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(12), fc.constantFrom('', ...PIECES))
      .map(
        ([text, at, length, piece]) =>
          text.slice(0, at % text.length) + piece + text.slice((at % text.length) + length),
      );
    fc.assert(fc.property(mutated, holds), { numRuns: 1_500 });
  });

  it.each(['1 , ,_ -> 0', ', _ -> 0', '_ -> 0,,'])('empty arms: %s', (arms) => {
    expect(() => holds(`module A\nfunction f(x: Int64) -> Int64 { match x { ${arms} } }\n`)).not.toThrow();
  });

  it.each(corpusFiles())('$path as it is', ({ text }) => {
    expect(() => holds(text)).not.toThrow();
  });
});
