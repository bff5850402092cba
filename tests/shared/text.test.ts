import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, printable } from '../../src/shared/text.ts';
import { sized } from '../helpers/size.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('printable', () => {
  it.each([
    ['plain text\nand\ttabs', 'plain text\nand\ttabs'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['\u009b2J', '\\u009b2J'],
    ['gone\rhere', 'gone\\u000dhere'],
    ['a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['naïve 東京 👩‍👧', 'naïve 東京 👩‍👧'],
  ])('%j becomes %j', (text, shown) => expect(printable(text)).toBe(shown));

  it('leaves nothing that moves a cursor, and changes nothing twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = printable(text);
        expect(shown.replace(/[\n\t]/g, '')).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
        expect(printable(shown)).toBe(shown);
      }),
      { numRuns: sized(500, 20_000) },
    );
  });
});

describe('oneLine', () => {
  it.each([
    ['  a\n\n b\t', 10, 'a b'],
    ['0123456789', 10, '0123456789'],
    ['0123456789x', 10, '012345678…'],
    ['ab😀cd', 4, 'ab…'],
  ])('%j in %d characters is %j', (text, max, line) => expect(oneLine(text, max)).toBe(line));

  it('is one line within the limit and never half a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const line = oneLine(text, max);
        expect(line.length).toBeLessThanOrEqual(max);
        expect(line).not.toMatch(/[\n\t]|\p{Surrogate}/u);
      }),
      { numRuns: sized(500, 20_000) },
    );
  });
});
