import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/shared/line-splitter.ts';

/** The lines that come out when `bytes` arrive in pieces of the given sizes. */
function split(bytes: Buffer, sizes: readonly number[], maxBytes = 1000): { lines: string[]; dropped: string[] } {
  const lines: string[] = [];
  const dropped: string[] = [];
  const splitter = new LineSplitter(maxBytes, {
    line: (text) => lines.push(text),
    tooLong: (head) => dropped.push(head),
  });
  let rest = bytes;
  for (const size of sizes) {
    splitter.push(rest.subarray(0, size));
    rest = rest.subarray(size);
  }
  splitter.push(rest);
  splitter.end();
  return { lines, dropped };
}

describe('lines of bytes', () => {
  it('are the same however the bytes are cut', () => {
    const texts = fc.array(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((t) => !/[\r\n]/.test(t)),
    );
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.integer({ min: 0, max: 30 })),
        fc.constantFrom('\n', '\r\n'),
        (wanted, sizes, eol) => {
          expect(split(Buffer.from(wanted.join(eol)), sizes)).toEqual({ lines: wanted, dropped: [] });
        },
      ),
    );
  });

  it('beyond the limit are dropped whole, once, and the next one is read', () => {
    const bytes = Buffer.from(`one\n${'x'.repeat(50)}\ntwo\n${'y'.repeat(10)}\n${'z'.repeat(11)}`);
    for (const size of [1, 3, 10, 100])
      expect(split(bytes, Array<number>(80).fill(size), 10)).toEqual({
        lines: ['one', 'two', 'y'.repeat(10)],
        dropped: [expect.stringMatching(/^x+$/), 'z'.repeat(11)],
      });
  });
});
