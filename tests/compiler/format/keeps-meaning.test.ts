import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSource } from '../../../src/compiler/format/format.ts';
import { tokenize } from '../../../src/compiler/syntax/lexer.ts';
import { corpusFiles } from '../syntax/corpus-files.ts';
import { tokenSequence } from './token-sequence.ts';

const programs = corpusFiles().filter(({ text }) => formatSource(text) !== undefined);

function holds(text: string): void {
  const formatted = formatSource(text);
  if (formatted === undefined) throw new Error('does not parse');
  expect(tokenSequence(formatted)).toEqual(tokenSequence(text));
  expect(formatSource(formatted)).toBe(formatted);
}

/** The text with other stretches between its tokens. */
function respaced(text: string, gaps: readonly string[]): string {
  const { tokens } = tokenize(text);
  let result = '';
  for (let index = 0; index < tokens.count - 1; index++)
    result += tokens.textOf(index) + (gaps[index % gaps.length] ?? ' ');
  return result;
}

describe('formatting keeps every token and comment, and is done after one time', () => {
  it.each(programs)('$path', ({ text }) => holds(text));

  it('whatever stands between the tokens', () => {
    const gap = fc.constantFrom(
      ' ',
      ' ',
      ' ',
      '\n',
      '\n\n\n',
      ' // beside\n',
      '\n  // above\n',
      '\n\n// apart\n\n',
      ' // one\n// two\n',
    );
    const text = fc
      .tuple(fc.constantFrom(...programs), fc.array(gap, { minLength: 3, maxLength: 40 }))
      .map(([program, gaps]) => respaced(program.text, gaps));
    fc.assert(fc.property(text, holds), { numRuns: 600 });
  });
});
