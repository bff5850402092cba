import { describe, expect, it } from 'vitest';
import { CircuitRig } from '../../helpers/circuit-rig.ts';
import { MET } from '../../helpers/fake-upstream.ts';

const READS = { name: 'read', annotations: { readOnlyHint: true } };
const WRITES = { name: 'write', annotations: { readOnlyHint: false } };

/** Tools `read` (read-only) and `write`; the first instance ends in that way and is gone. */
function losing(met: keyof typeof MET): CircuitRig {
  const rig = new CircuitRig();
  rig.serveTools([READS, WRITES]);
  rig.clock.advance(1000); // the change of the list is told
  rig.answer = () => {
    rig.answer = MET.result;
    rig.fleet.down('notes');
    return MET[met]();
  };
  return rig;
}

describe('a call whose instance is lost', () => {
  it.each<keyof typeof MET>(['brokenConnection', 'neverRan'])(
    'waits for the next one and is made there, where it only reads: %s',
    async (met) => {
      const rig = losing(met);
      const call = rig.call('read');
      await expect.poll(() => rig.clock.pending).toBeGreaterThan(0);
      rig.clock.advance(4999);
      rig.fleet.replace('notes', rig.instance('second'));
      expect(await call).toEqual({ content: [] });
      expect([rig.calls, rig.clock.pending]).toEqual([['first read', 'second read'], 0]);
    },
  );

  it('is never made again where its tool may write, and says that it may have run', async () => {
    const rig = losing('brokenConnection');
    const call = rig.call('write');
    rig.fleet.replace('notes', rig.instance('second'));
    expect(await call).toMatchObject({ code: -32000, data: { sent: true } });
    expect(rig.calls).toEqual(['first write']);
  });

  it('gets its own error where nothing comes in time', async () => {
    const rig = losing('brokenConnection');
    const call = rig.call('read');
    await expect.poll(() => rig.clock.pending).toBeGreaterThan(0);
    rig.clock.advance(5000);
    expect(await call).toMatchObject({ message: 'the server has closed', data: { sent: true } });
  });

  it('gets its own error where the service is removed, and where the caller gives up', async () => {
    const removed = losing('brokenConnection');
    const call = removed.call('read');
    await expect.poll(() => removed.clock.pending).toBeGreaterThan(0);
    removed.fleet.remove('notes');
    expect(await call).toMatchObject({ data: { sent: true } });

    const left = losing('brokenConnection');
    const caller = new AbortController();
    const given = left.call('read', caller.signal);
    await expect.poll(() => left.clock.pending).toBeGreaterThan(0);
    caller.abort();
    expect(await given).toMatchObject({ data: { sent: true } });
    expect(left.clock.pending).toBe(0);
  });

  it('is made again once only', async () => {
    const rig = losing('brokenConnection');
    const call = rig.call('read');
    await expect.poll(() => rig.clock.pending).toBeGreaterThan(0);
    rig.answer = () => {
      rig.fleet.replace('notes', rig.instance('third'));
      return MET.brokenConnection();
    };
    rig.fleet.replace('notes', rig.instance('second'));
    expect(await call).toMatchObject({ data: { sent: true } });
    expect(rig.calls).toEqual(['first read', 'second read']);
  });

  it.each<keyof typeof MET>(['timeout', 'internalError', 'overloaded', 'ownError'])(
    'is not made again for %s: nothing was lost',
    async (met) => {
      const rig = losing(met);
      expect(await rig.call('read')).toHaveProperty('code');
      expect(rig.calls).toEqual(['first read']);
    },
  );
});
