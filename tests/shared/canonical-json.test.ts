import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { sized } from '../helpers/size.ts';

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, reversed(member)]));
}

describe('canonicalJson', () => {
  it.each([
    [null, 'null'],
    [undefined, 'null'],
    ['a"b', '"a\\"b"'],
    [[1, undefined, 'x'], '[1,null,"x"]'],
    [{ b: 1, a: { d: undefined, c: [] } }, '{"a":{"c":[]},"b":1}'],
    [{ B: 1, a: 2, é: 3, '10': 4, '9': 5 }, '{"10":4,"9":5,"B":1,"a":2,"é":3}'],
  ])('of %j is %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  it('is JSON of the same value, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
        expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain));
      }),
      { numRuns: sized(200, 5000) },
    );
  });
});
