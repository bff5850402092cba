import { describe, expect, it } from 'vitest';

import { ControllerRig, service } from '../helpers/controller-rig.ts';

const version = (name: string, spec = '') => service('a', spec).replace('command: node', `command: ${name}`);

/** It runs as `one`, whose calls take a minute. */
async function busy(spec = ''): Promise<ControllerRig> {
  const rig = await ControllerRig.start({ a: version('one', spec) });
  await rig.run(1000);
  rig.driver.of('a').callsMs = 60_000;
  return rig;
}
const commands = (rig: ControllerRig) =>
  rig.driver.running('a').map(({ manifest }) => 'command' in manifest.spec.origin && manifest.spec.origin.command);
const phases = (rig: ControllerRig) => rig.driver.observe('a').map(({ phase }) => phase);

describe('a replaced instance whose calls go on', () => {
  it('ends when they do, beside the one that serves', async () => {
    const rig = await busy('  rollout: {drainSeconds: 90}\n');
    rig.source.set({ a: version('two', '  rollout: {drainSeconds: 90}\n') });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.condition('a', 'Reconciling')).toBe('absent');
    expect(phases(rig)).toEqual(['stopping', 'running']);
    await rig.run(58_000);
    expect(phases(rig)).toEqual(['stopping', 'running']);
    await rig.run(2000);
    expect(phases(rig)).toEqual(['running']);
  });

  it('has drainSeconds, also where that is longer than an action may take', async () => {
    const rig = await busy();
    rig.driver.of('a').callsMs = 600_000;
    rig.source.set({ a: version('two', '  rollout: {drainSeconds: 300}\n') });
    await rig.run(299_000);
    expect(phases(rig)).toEqual(['stopping', 'running']);
    await rig.run(3000);
    expect(phases(rig)).toEqual(['running']);
    expect(rig.events.map(({ kind }) => kind)).not.toContain('service.stop_failed');
  });

  it('keeps no newer generation waiting', async () => {
    const rig = await busy();
    for (const name of ['two', 'three', 'four']) {
      rig.source.set({ a: version(name) });
      await rig.run(1000);
      expect(commands(rig)).toEqual([name]);
    }
    expect(phases(rig)).toEqual(['stopping', 'stopping', 'stopping', 'running']);
    await rig.run(31_000);
    expect(phases(rig)).toEqual(['running']);
  });

  it('does not keep the new one from being started again when it crashes', async () => {
    const rig = await busy();
    rig.source.set({ a: version('two') });
    await rig.run(1000);
    rig.driver.crash('a');
    await rig.run(2000);
    expect(commands(rig)).toEqual(['two']);
    expect(phases(rig)).toEqual(['stopping', 'running']);
  });

  it('is waited for where five of them are ending: each is a process', async () => {
    const rig = await busy();
    for (const name of ['two', 'three', 'four', 'five', 'six']) {
      rig.source.set({ a: version(name) });
      await rig.run(1000);
    }
    rig.driver.crash('a');
    await rig.run(5000);
    expect(phases(rig)).toEqual(['stopping', 'stopping', 'stopping', 'stopping', 'stopping']);
    await rig.run(31_000);
    expect(commands(rig)).toEqual(['six']);
  });

  it('is waited for where two must not run at once', async () => {
    const recreate = '  rollout: {strategy: Recreate}\n';
    const rig = await busy(recreate);
    rig.source.set({ a: version('two', recreate) });
    await rig.run(29_000);
    expect(phases(rig)).toEqual(['stopping']);
    await rig.run(2000);
    expect(commands(rig)).toEqual(['two']);
  });
});
