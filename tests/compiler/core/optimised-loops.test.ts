import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimise } from '../../../src/compiler/core/optimise/optimise.ts';
import { sized } from '../../helpers/size.ts';
import { LoopMaker, outcomeOf } from './loop-programs.ts';

describe('optimised loops', () => {
  it('give what the plain ones give, have the same effects in the same order, and change no argument', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(119), { minLength: 40, maxLength: 160 }),
        fc.integer({ min: 1, max: 6 }),
        (choices, rounds) => {
          const plain = new LoopMaker(choices).program();
          const optimised = optimise(plain);
          expect(outcomeOf(optimised, BigInt(rounds))).toEqual(outcomeOf(plain, BigInt(rounds)));
        },
      ),
      { numRuns: sized(400, 30_000) },
    );
  });
});
