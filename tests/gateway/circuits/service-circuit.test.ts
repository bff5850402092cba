import { describe, expect, it } from 'vitest';
import { CircuitRig } from '../../helpers/circuit-rig.ts';
import { MET } from '../../helpers/fake-upstream.ts';

describe('the circuit of a service', () => {
  it.each<[keyof typeof MET, string]>([
    ['brokenConnection', 'the last met a broken connection'],
    ['timeout', 'the last had no answer in time'],
    ['internalError', 'the last was answered with an internal error (-32603)'],
  ])('opens for %s, for all of its tools', async (met, last) => {
    const rig = new CircuitRig();
    rig.answer = MET[met];
    await rig.calling(8);
    rig.answer = MET.result;
    rig.clock.advance(1500);
    for (const tool of ['read', 'write'])
      expect(await rig.call(tool)).toEqual({
        code: -32000,
        message: 'Service notes gets no calls for now: 8 of 8 calls within 60 s failed; try again in 9 s',
        data: { sent: false, reason: 'CircuitOpen', retryAfter: 9, service: 'notes' },
      });
    expect(rig.calls.length).toBe(8);
    const why = { reason: 'CircuitOpen', message: `8 of 8 calls within 60 s failed, ${last}` };
    expect(rig.fleet.circuits).toEqual([{ identity: 'notes', why }]);
  });

  it.each<keyof typeof MET>(['isError', 'neverRan', 'overloaded', 'badParams', 'tooLarge', 'ownError', 'ourFault'])(
    'stays closed for %s',
    async (met) => {
      const rig = new CircuitRig();
      rig.answer = MET[met];
      // Two tools, so that neither of them has calls enough for its own.
      for (const tool of ['read', 'write']) await rig.calling(7, tool);
      expect([rig.calls.length, rig.fleet.circuits]).toEqual([14, []]);
    },
  );

  it('stays closed for calls that were cancelled', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.timeout;
    const cancelled = AbortSignal.abort();
    for (let i = 0; i < 20; i++) await rig.call('read', cancelled);
    expect([rig.calls.length, rig.fleet.circuits, rig.fleet.suspected]).toEqual([20, [], []]);
  });

  it('lets one call try it after 10 s, and tells when it has closed', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.timeout;
    await rig.calling(8);
    rig.clock.advance(10_000);
    let answer!: (result: { content: [] }) => void;
    rig.answer = () => new Promise((resolve) => (answer = resolve));
    const trial = rig.call();
    await expect.poll(() => rig.calls.length).toBe(9);
    expect(await rig.refuses('write')).toBe(true);
    answer({ content: [] });
    expect(await trial).toEqual({ content: [] });
    rig.answer = MET.result;
    expect(await rig.call('write')).toEqual({ content: [] });
    expect(rig.fleet.circuits.map(({ why }) => why?.reason)).toEqual(['CircuitOpen', undefined]);
  });

  it('opens for 10 s more where the trial fails, and says so again', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.timeout;
    await rig.calling(8);
    rig.clock.advance(10_000);
    expect(await rig.refuses()).toBe(false);
    rig.clock.advance(9999);
    expect(await rig.refuses()).toBe(true);
    expect(rig.fleet.circuits.map(({ why }) => why?.reason)).toEqual(['CircuitOpen', 'CircuitOpen']);
  });

  it('closes when nobody has tried it for the length of its window', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.timeout;
    await rig.calling(8);
    rig.clock.advance(69_999);
    expect(rig.fleet.circuits.length).toBe(1);
    rig.clock.advance(1);
    expect(rig.fleet.circuits.at(-1)).toEqual({ identity: 'notes', why: undefined });
    expect(rig.clock.pending).toBe(0);
  });

  it.each<[string, (rig: CircuitRig) => void]>([
    ['another instance', (rig) => rig.fleet.replace('notes', rig.instance('second'))],
    [
      'one that comes back',
      (rig) => {
        rig.fleet.remove('notes');
        rig.serve('first');
      },
    ],
  ])('begins closed for %s', async (_, change) => {
    const rig = new CircuitRig();
    rig.answer = MET.timeout;
    await rig.calling(8);
    change(rig);
    expect(rig.fleet.circuits.at(-1)).toEqual({ identity: 'notes', why: undefined });
    rig.clock.advance(100_000);
    await rig.calling(7);
    expect([rig.calls.length, rig.fleet.circuits.length]).toEqual([15, 2]);
  });

  it('stays open while its instance restarts', async () => {
    const rig = new CircuitRig();
    rig.answer = MET.timeout;
    await rig.calling(8);
    rig.fleet.down('notes');
    expect(rig.fleet.circuits.length).toBe(1);
  });

  it('is not touched by calls that an instance of before still answers', async () => {
    const rig = new CircuitRig();
    const fail: (() => void)[] = [];
    rig.answer = () => new Promise((_, reject) => fail.push(() => void MET.timeout().catch(reject)));
    const calls = Array.from({ length: 8 }, () => rig.call());
    await expect.poll(() => fail.length).toBe(8);
    rig.fleet.replace('notes', rig.instance('second'));
    for (const end of fail) end();
    await Promise.all(calls);
    expect([rig.fleet.circuits, rig.fleet.suspected]).toEqual([[], []]);
  });
});
