import { describe, expect, it } from 'vitest';

import { ControllerRig, service } from '../helpers/controller-rig.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const all = Object.fromEntries(NAMES.map((name) => [name, service(name)]));
const none = Object.fromEntries(NAMES.map((name) => [name, undefined]));
const known = (rig: ControllerRig) => [...rig.controller.fleet.entries.keys()].sort();

describe('pruning', () => {
  it('of a whole folder waits for a person, who confirms this one and no later one', async () => {
    const rig = await ControllerRig.start(all);
    await rig.run(1000);
    rig.source.set(none);
    await rig.run(1000);
    expect(NAMES.map((name) => rig.condition(name, 'Synced'))).toEqual(NAMES.map(() => 'False:PruneBlocked'));
    expect(rig.controller.sources.confirmPrune(rig.source.report().revision)).toBe(true);
    await rig.run(5000);
    expect(known(rig)).toEqual([]);
    rig.source.set(all);
    await rig.run(5000);
    rig.source.set(none);
    await rig.run(1000);
    expect(known(rig)).toEqual(NAMES);
    expect(rig.condition('a', 'Synced')).toBe('False:PruneBlocked');
  });

  it('once confirmed is not taken back by the next look while the stops still run', async () => {
    const rig = await ControllerRig.start(all);
    await rig.run(1000);
    for (const name of NAMES) rig.driver.of(name).stopMs = 8000;
    rig.source.set(none);
    rig.controller.sources.confirmPrune(rig.source.report().revision);
    await rig.run(1000);
    rig.source.report();
    await rig.run(20_000);
    expect(known(rig)).toEqual([]);
  });

  it('of what a tool deleted one by one is never braked, however slow the stops are', async () => {
    const rig = await ControllerRig.start(all);
    await rig.run(1000);
    for (const name of NAMES) {
      rig.driver.of(name).stopMs = 8000;
      await rig.controller.sources.refresh(undefined, { removed: [{ kind: 'MCPService', name }] });
    }
    await rig.run(20_000);
    expect(known(rig)).toEqual([]);
    expect(rig.driver.calls.filter((call) => call.startsWith('start'))).toHaveLength(NAMES.length);
  });
});
