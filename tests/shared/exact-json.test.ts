import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactNumber, parseExact, stringifyExact } from '../../src/shared/exact-json.ts';

describe('numbers that a double cannot hold', () => {
  it.each([
    '{"id":9223372036854775807}',
    '{"a":[-9223372036854775808,18446744073709551615,1]}',
    '{"x":0.12345678901234567890123}',
    '{"x":123456789012345678901234567890e-5}',
    '{"text":"9223372036854775807 and \\"12345678901234567890\\"","n":12345678901234567890}',
  ])('%s comes out as it went in', (text) => {
    expect(stringifyExact(parseExact(text) as object)).toBe(text);
  });

  it('are the nearest double to whoever else looks', () => {
    const { id } = parseExact('{"id":9223372036854775807}') as unknown as { id: ExactNumber };
    expect(id).toBeInstanceOf(ExactNumber);
    expect(Number(id)).toBe(2 ** 63);
    expect(JSON.stringify({ id })).toBe('{"id":9223372036854776000}');
  });

  it('leaves numbers alone that a double holds', () => {
    expect(parseExact('[1234567890123456, 0.5, 1e3]')).toEqual([1234567890123456, 0.5, 1000]);
  });

  it('refuses what is no JSON', () => {
    expect(() => parseExact('{"a":12345678901234567890')).toThrow(SyntaxError);
    expect(() => parseExact('{"a":012345678901234567890}')).toThrow(SyntaxError);
  });

  it('a text that looks like a stand-in stays a text', () => {
    const text = JSON.stringify({ a: '\ue000:12345678901234567890', b: 1 });
    expect(stringifyExact(parseExact(text) as object)).toBe(text);
  });
});

it('any JSON passes unchanged, with long integers anywhere in it', () => {
  const number = fc.oneof(fc.integer(), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }));
  // JavaScript puts keys like "1" first.
  const key = fc.string().map((text) => `k${text}`);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      number,
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('tree'), { maxLength: 4 }),
    map: fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
  }));
  const write = (value: unknown): string => {
    if (typeof value === 'bigint') return String(value);
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    if (typeof value === 'object' && value !== null)
      return `{${Object.entries(value)
        .map(([key, each]) => `${JSON.stringify(key)}:${write(each)}`)
        .join(',')}}`;
    return JSON.stringify(value);
  };
  fc.assert(
    fc.property(fc.dictionary(key, tree, { maxKeys: 4 }), (value) => {
      const text = write(value);
      expect(stringifyExact(parseExact(text) as object)).toBe(text);
    }),
  );
});
