import { describe, expect, it } from 'vitest';
import { renderHeader, renderRow, type Column } from '../../src/cli/output/table.ts';
import { moment } from '../../src/cli/output/moment.ts';
import { visibleWidth, wrapText } from '../../src/cli/output/wrap.ts';

describe('text on a narrow terminal', () => {
  it('breaks at blanks, further to the right, and keeps long words and colours whole', () => {
    const word = 'x'.repeat(30);
    expect(wrapText(`  one two three four five ${word}\nshort`, 20)).toBe(
      `  one two three four\n    five\n    ${word}\nshort`,
    );
    expect(wrapText('\u001b[31mred\u001b[39m  two  three  four', 20)).toBe(
      '\u001b[31mred\u001b[39m  two  three\n  four',
    );
  });

  it('leaves a pipe alone', () => {
    const long = 'word '.repeat(100);
    expect(wrapText(long, Infinity)).toBe(long);
  });

  it('puts the last cell of a row below where it does not fit', () => {
    const columns: Column<string>[] = [
      { title: 'NAME', value: () => 'files' },
      { title: 'MESSAGE', value: (text) => text },
    ];
    const widths = [5, 0];
    expect(renderRow(columns, widths, 'short', 24)).toBe('files  short');
    expect(renderRow(columns, widths, 'a sentence that is longer', 24)).toBe(
      'files\n    a sentence that is\n      longer',
    );
    expect(renderHeader(columns, widths, 10)).toBe('NAME');
  });

  it('no line of a text of words is wider than the terminal', () => {
    const text = Array.from({ length: 60 }, (_, index) => 'w'.repeat((index % 9) + 1)).join(' ');
    for (const width of [20, 33, 80])
      expect(Math.max(...wrapText(text, width).split('\n').map(visibleWidth))).toBeLessThanOrEqual(width);
  });

  it('says the age beside the exact time', () => {
    const now = Date.parse('2026-01-01T00:10:00.500Z');
    expect(moment('2026-01-01T00:05:00.123Z', now)).toBe('2026-01-01T00:05:00Z (5m ago)');
    expect(moment('2026-01-01T00:10:20.500Z', now)).toBe('2026-01-01T00:10:20Z (in 20s)');
  });
});
