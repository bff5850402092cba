import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { none, some } from '../../helpers/clarity-values.ts';
import { runStd } from './std-module.ts';
import { stdRows, type StdRow } from './std-table.ts';

const TABLE: readonly StdRow[] = [
  ['length', ['héllo'], 5n],
  ['length', ['😀'], 2n],
  ['concat', ['a', ''], 'a'],
  ['has', ['abc', 'bc'], true],
  ['has', ['abc', ''], true],
  ['has', ['', 'a'], false],
  ['find', ['abcabc', 'c'], 2n],
  ['find', ['abc', 'x'], -1n],
  ['find', ['abc', ''], 0n],
  ['strip', [' \ta b\n'], 'a b'],
  ['slice', ['hello', 1n, 3n], 'ell'],
  ['slice', ['hello', 3n, 99n], 'lo'],
  ['slice', ['hello', 9n, 2n], ''],
  ['at', ['abc', 1n], 'b'],
  ['at', ['abc', 3n], ''],
  ['at', ['abc', -1n], ''],
  ['split_by', ['a,,b', ','], ['a', '', 'b']],
  ['split_by', ['', ','], ['']],
  ['split_by', ['abc', ''], ['a', 'b', 'c']],
  ['is_blank', [''], true],
  ['is_blank', [' '], false],
  ['repeat', ['ab', 2n], 'abab'],
  ['repeat', ['ab', 0n], ''],
  ['repeat', ['ab', -1n], ''],
  ['to_int', [' -12 '], some(-12n)],
  ['to_int', ['1.5'], none],
  ['to_int', [''], none],
  ['to_float', ['1.5'], some(1.5)],
  ['to_float', ['x'], none],
  ['join', [[], ','], ''],
  ['join', [['a'], ','], 'a'],
  ['join', [['', ''], ','], ','],
  ['join', [['a', '', 'b'], ', '], 'a, , b'],
  ['starts_with', ['abc', 'ab'], true],
  ['starts_with', ['abc', ''], true],
  ['starts_with', ['abc', 'b'], false],
  ['ends_with', ['abc', 'bc'], true],
  ['ends_with', ['abc', 'b'], false],
  ['json_escape', ['a"\n'], 'a\\"\\n'],
  ['to_upper', ['straße'], 'STRASSE'],
  ['to_lower', ['ÀB'], 'àb'],
  ['ltrim', [' a '], 'a '],
  ['rtrim', [' a '], ' a'],
];

describe('std/string', () => {
  const { instance } = runStd('string');
  const call = (name: string, args: readonly unknown[]) => instance.call(name, args as never);

  stdRows('string', TABLE);

  it('join is that of JavaScript, and split_by takes it apart again', () => {
    const part = fc.string().map((text) => text.replaceAll(';', ''));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const joined = call('join', [parts, ';']);
        expect(joined).toBe(parts.join(';'));
        if (parts.length > 0) expect(call('split_by', [joined, ';'])).toEqual(parts);
      }),
    );
  });

  it('slice, at, find and repeat are those of JavaScript', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(12), fc.nat(12), fc.string({ maxLength: 2 }), (text, start, count, other) => {
        expect(call('slice', [text, BigInt(start), BigInt(count)])).toBe(text.substring(start, start + count));
        expect(call('at', [text, BigInt(start)])).toBe(text.charAt(start));
        expect(call('find', [text, other])).toBe(BigInt(text.indexOf(other)));
        expect(call('has', [text, other])).toBe(text.includes(other));
        expect(call('repeat', [other, BigInt(count)])).toBe(other.repeat(count));
      }),
    );
  });

  it('joins a hundred thousand parts within the memory of the reference', () => {
    const parts = Array.from({ length: 100_000 }, (_, i) => String(i));
    expect(call('join', [parts, ','])).toBe(parts.join(','));
  });
});
