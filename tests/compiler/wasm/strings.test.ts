import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../helpers/size.ts';
import { builtin, bytesOf, fun, get, i64, program, seq, slot, start, text } from './harness.ts';

const a = slot('a', 'i32');
const b = slot('b', 'i32');
const wasm = bytesOf(
  program(
    fun('eq', [a, b], 'i32', builtin('string_eq', get(a), get(b))),
    fun('compare', [a, b], 'i32', builtin('string_compare', get(a), get(b))),
    fun('concat', [a, b], 'i32', builtin('string_concat', get(a), get(b))),
    fun('three', [a, b], 'i32', builtin('string_concat', get(a), text('-é-'), get(b))),
  ),
);

/** Characters on both sides of the places where UTF-16 and UTF-8 sort differently. */
const edge = fc.constantFrom(
  'a',
  '\u007f',
  '\u0080',
  '\u07ff',
  '\u0800',
  '\ud7ff',
  '\ue000',
  '\ueeee',
  '\uefff',
  '\uf000',
  '\uffff',
  '\u{10000}',
  '\u{3ffff}',
  '\u{10ffff}',
);
const word = fc.oneof(
  fc.string({ unit: edge, maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .tuple(fc.string({ unit: fc.constantFrom('a', 'é', '😀'), minLength: 6, maxLength: 20 }), edge)
    .map(([s, e]) => s + e),
);

describe('strings', () => {
  it('compare as JavaScript does, by UTF-16 code units', () => {
    fc.assert(
      fc.property(word, word, fc.string({ unit: edge, maxLength: 12 }), (x, y, prefix) => {
        const { exports, newString } = start(wasm);
        for (const [s, t] of [
          [x, y],
          [prefix + x, prefix + y],
          [x, x + y],
          [x, x],
        ] as const) {
          const [p, q] = [newString(s), newString(t)];
          expect(Math.sign(exports.compare!(p, q))).toBe(s < t ? -1 : s > t ? 1 : 0);
          expect(exports.eq!(p, q)).toBe(s === t ? 1 : 0);
          expect(exports.eq!(p, p)).toBe(1);
        }
      }),
      { numRuns: sized(300, 5000) },
    );
  });

  it('join', () => {
    fc.assert(
      fc.property(word, word, (x, y) => {
        const { exports, newString, string } = start(wasm);
        const [p, q] = [newString(x), newString(y)];
        expect(string(exports.concat!(p, q))).toBe(x + y);
        expect(string(exports.three!(p, q))).toBe(`${x}-é-${y}`);
        expect([string(p), string(q)]).toEqual([x, y]);
      }),
      { numRuns: sized(100, 1000) },
    );
  });

  it.each([1, 2, 31, 32, 33, 64, 100, 1000])('join %i parts', (count) => {
    const parts = Array.from({ length: count }, (_, k) => text(`${k},`));
    const { exports, string } = start(bytesOf(program(fun('f', [], 'i32', builtin('string_concat', ...parts)))));
    expect(string(exports.f!())).toBe(parts.map((_, k) => `${k},`).join(''));
  });

  it('evaluate parts in their order', () => {
    const n = slot('n', 'i32');
    const next = (value: string) => seq([{ op: 'set', slot: n, value: text(value) }], get(n));
    const body = builtin('string_concat', next('x'), get(n), next('y'), get(n));
    const { exports, string } = start(bytesOf(program(fun('f', [], 'i32', body))));
    expect(string(exports.f!())).toBe('xxyy');
  });

  it('are equal by content across literals and heap', () => {
    const { exports, newString } = start(
      bytesOf(
        program(fun('f', [a], 'i32', builtin('string_eq', get(a), text('grüße, 🌍'))), fun('g', [], 'i64', i64(1))),
      ),
    );
    expect([exports.f!(newString('grüße, 🌍')), exports.f!(newString('grüße, 🌎'))]).toEqual([1, 0]);
  });
});
