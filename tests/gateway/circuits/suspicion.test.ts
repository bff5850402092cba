import { describe, expect, it } from 'vitest';
import { CircuitRig } from '../../helpers/circuit-rig.ts';
import { MET } from '../../helpers/fake-upstream.ts';

describe('a service is suspected', () => {
  it.each<[keyof typeof MET, number]>([
    ['brokenConnection', 1],
    ['timeout', 1],
    ['neverRan', 1],
    ['internalError', 0],
    ['isError', 0],
    ['result', 0],
    ['overloaded', 0],
    ['badParams', 0],
    ['ourFault', 0],
  ])('for %s: %i times', async (met, times) => {
    const rig = new CircuitRig();
    rig.answer = MET[met];
    await rig.calling(3);
    expect(rig.fleet.suspected).toEqual(Array.from({ length: times }, () => 'notes'));
  });

  it('once a second at most', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.brokenConnection;
    await rig.calling(2);
    rig.clock.advance(999);
    await rig.calling(2);
    expect(rig.fleet.suspected.length).toBe(1);
    rig.clock.advance(1);
    await rig.calling(2);
    expect(rig.fleet.suspected.length).toBe(2);
  });

  it('not because its circuit refuses calls', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.internalError;
    await rig.calling(8);
    expect([await rig.refuses(), rig.fleet.suspected]).toEqual([true, []]);
  });
});
