import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Proposal } from '../../../src/runtime/types.ts';
import { ProposalWorld } from '../../helpers/proposal-world.ts';

const names = fc.constantFrom(['a'], ['b'], ['a', 'b']);
const which = fc.nat(2);
const step = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('propose' as const), names }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('approve' as const), which }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reject' as const), which }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), names, gone: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), after: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  ),
  /** Whether what was asked for comes to its end first. */
  settles: fc.constantFrom(true, true, true, false),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A life of a world, and what a person has agreed to in it. What each step writes is its own. */
class Life {
  readonly world = new ProposalWorld();
  readonly made: Proposal[] = [];
  readonly agreed = new Set<string>();

  async live(steps: readonly Step[]): Promise<void> {
    for (const [index, { what, settles }] of steps.entries()) {
      await this.#take(what, index);
      if (settles) await turn();
    }
    await turn();
    // The last daemon lives.
    await this.world.restart('killed');
    await turn();
  }

  async #take(what: Step['what'], index: number): Promise<void> {
    const { world, made } = this;
    const ignore = () => undefined;
    if (what.do === 'propose') {
      const text = what.names.map((name) => `${name}=proposed ${String(index)}`).join('\n');
      void world.propose(text).then((proposal) => made.push(proposal), ignore);
    } else if (what.do === 'edit') {
      for (const name of what.names)
        // What was written and taken away again while no daemon looked on cannot be told from what was never written.
        if (what.gone && world.diesAfter === Infinity) world.files.delete(name);
        else world.files.set(name, `edited ${String(index)}`);
    } else if (what.do === 'die') world.diesAfter = what.after;
    else if (what.do === 'restart') await world.restart('killed');
    else {
      const proposal = made.at(-1 - what.which);
      if (proposal === undefined) return;
      if (what.do === 'reject') return void world.proposals.reject(proposal.id, { by: 'operator' }).catch(ignore);
      this.agreed.add(proposal.id);
      void world.approve(proposal).catch(ignore);
    }
  }
}

/** Every promise of the simulated world has come to its end, or never will. */
async function turn(): Promise<void> {
  for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
}

it('whatever comes in between: only what a person agreed to is written, once and over what was shown, and each ends in one state', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
    const life = new Life();
    await life.live(steps);
    const { world, made, agreed } = life;
    const shown = made
      .filter(({ id }) => agreed.has(id))
      .flatMap(({ plan }) => plan.map(({ name, patch }) => `${name} ${patch}`));
    const did = world.written.map(
      ({ name, before, after }) => `${name} ${before === undefined ? '' : `-${before}\n`}+${after ?? ''}`,
    );
    expect(shown).toEqual(expect.arrayContaining(did));
    expect(new Set(did).size).toBe(did.length);
    for (const { id } of made) {
      const { state } = world.proposals.get(id);
      expect(
        agreed.has(id) ? ['waiting', 'approved', 'outdated', 'failed', 'rejected'] : ['waiting', 'rejected'],
      ).toContain(state);
      expect(world.kept(id)).toMatchObject({ state });
      expect(world.kept(id)).not.toHaveProperty('agreed');
    }
  });
  await fc.assert(property, { numRuns: 200 });
});
