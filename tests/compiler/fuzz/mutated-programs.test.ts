import fc from 'fast-check';
import { describe, it } from 'vitest';

import { corpusTexts, expectSound, tokensOf } from '../../helpers/clarity-fuzz.ts';
import { sized } from '../../helpers/size.ts';

const program = fc.constantFrom(...corpusTexts);
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = <T>(list: ArrayLike<T>, share: number) => Math.floor(list.length * share);
const runs = (small: number, full: number) => ({ numRuns: sized(small, full) });

/** One small damage to a list of tokens or characters: something goes, comes twice, changes places, or is replaced by something of another. */
const damage = fc.record({ kind: fc.nat(3), from: place, to: place });
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(parts: readonly string[], damages: readonly Damage[], others: readonly string[]): string {
  let list = [...parts];
  for (const { kind, from, to } of damages) {
    const [i, j] = [at(list, from), at(list, to)];
    if (kind === 0) list.splice(i, 1);
    else if (kind === 1) list = [...list.slice(0, i), list[j] ?? '', ...list.slice(i)];
    else if (kind === 2) [list[i], list[j]] = [list[j] ?? '', list[i] ?? ''];
    else list[i] = others[at(others, to)] ?? '';
  }
  return list.join('');
}

describe('a damaged program is compiled or refused', () => {
  it('cut off anywhere', () => {
    fc.assert(
      fc.property(program, place, (text, share) => void expectSound(text.slice(0, at(text, share)))),
      runs(200, 2_000),
    );
  });

  it('with tokens lost, doubled, swapped and replaced', () => {
    fc.assert(
      fc.property(
        program,
        program,
        fc.array(damage, { minLength: 1, maxLength: 5 }),
        (text, other, damages) => void expectSound(damaged(tokensOf(text), damages, tokensOf(other))),
      ),
      runs(400, 6_000),
    );
  });

  it('with characters lost, doubled, swapped and replaced', () => {
    fc.assert(
      fc.property(
        program,
        program,
        fc.array(damage, { minLength: 1, maxLength: 5 }),
        (text, other, damages) => void expectSound(damaged([...text], damages, [...other])),
      ),
      runs(200, 2_500),
    );
  });

  it('spliced of two', () => {
    fc.assert(
      fc.property(program, program, place, place, (a, b, i, j) => {
        const [left, right] = [tokensOf(a), tokensOf(b)];
        expectSound(left.slice(0, at(left, i)).join('') + right.slice(at(right, j)).join(''));
      }),
      runs(200, 2_000),
    );
  });
});
