import { describe, expect, it } from 'vitest';
import { CircuitRig } from '../helpers/circuit-rig.ts';
import { MET } from '../helpers/fake-upstream.ts';

/** A service whose first instance ends in that way, while `change` happens. */
function ending(met: keyof typeof MET, change: (rig: CircuitRig) => void): CircuitRig {
  const rig = new CircuitRig();
  rig.answer = () => {
    rig.answer = MET.result;
    change(rig);
    return MET[met]();
  };
  return rig;
}

const replace = (rig: CircuitRig) => rig.fleet.replace('notes', rig.instance('second'));

describe('a call to an instance that has just been replaced', () => {
  it('goes to the new one where it never ran', async () => {
    const rig = ending('neverRan', replace);
    expect(await rig.call()).toEqual({ content: [] });
    expect([rig.calls, rig.fleet.suspected]).toEqual([['first read', 'second read'], []]);
  });

  it.each<[keyof typeof MET, number]>([
    ['brokenConnection', -32000],
    ['timeout', -32001],
    ['internalError', -32603],
    ['overloaded', -32003],
  ])('is answered with its error for %s: it may have run, or another would not help', async (met, code) => {
    const rig = ending(met, replace);
    expect(await rig.call()).toMatchObject({ code });
    expect(rig.calls).toEqual(['first read']);
  });

  it('is tried once more only', async () => {
    const rig = ending('neverRan', (r) => {
      replace(r);
      r.answer = () => {
        r.fleet.replace('notes', r.instance('third'));
        return MET.neverRan();
      };
    });
    expect(await rig.call()).toMatchObject({ code: -32000, data: { sent: false } });
    expect(rig.calls).toEqual(['first read', 'second read']);
  });

  it.each<[string, (rig: CircuitRig) => void]>([
    ['nobody has taken its place', (rig) => rig.fleet.down('notes')],
    ['it is the same', () => undefined],
    ['the service is gone', (rig) => rig.fleet.remove('notes')],
  ])('is not tried again where %s', async (_, change) => {
    const rig = ending('neverRan', change);
    expect(await rig.call()).toMatchObject({ code: -32000, message: 'the service was stopped', data: { sent: false } });
    expect(rig.calls).toEqual(['first read']);
  });

  it('is not tried again for a caller who has gone', async () => {
    const caller = new AbortController();
    const rig = ending('neverRan', (r) => {
      replace(r);
      caller.abort();
    });
    await rig.call('read', caller.signal);
    expect(rig.calls).toEqual(['first read']);
  });
});
