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

  it('in steps of three is a whole folder all the same', async () => {
    const rig = await ControllerRig.start(all);
    await rig.run(1000);
    rig.source.set({ a: undefined, b: undefined, c: undefined });
    await rig.run(60_000);
    expect(known(rig)).toEqual(['d', 'e', 'f']);
    rig.source.set(none);
    await rig.run(900_000);
    expect(rig.condition('d', 'Synced')).toBe('False:PruneBlocked');
    rig.source.set({ d: service('d'), e: service('e'), f: service('f') });
    await rig.run(1000);
    expect(rig.condition('d', 'Synced')).toBe('True:Applied');
    expect(rig.driver.calls.filter((call) => call === 'stop d')).toEqual([]);
  });

  it('that waits goes on waiting when services come, and over a restart of the daemon', async () => {
    const rig = await ControllerRig.start(all);
    await rig.run(1000);
    rig.source.set({ ...none, f: service('f') });
    await rig.run(1000);
    const more = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${String(i)}`, service(`m${String(i)}`)]));
    rig.source.set(more);
    await rig.run(1000);
    expect(rig.condition('a', 'Synced')).toBe('False:PruneBlocked');
    await rig.stop();
    const next = await ControllerRig.start({ ...more, f: service('f') }, undefined, rig.store);
    await next.run(1000);
    expect([next.condition('a', 'Synced'), next.condition('a')]).toEqual(['False:PruneBlocked', 'True:Serving']);
    expect(next.controller.sources.confirmPrune(next.source.report().revision)).toBe(true);
    await next.run(5000);
    expect(known(next)).toEqual(['f', ...Object.keys(more)].sort());
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

  it('that waits leaves its services running, also those that a new daemon has to start', async () => {
    const first = await ControllerRig.start(all);
    await first.run(1000);
    first.source.set(none);
    await first.run(1000);
    await first.stop();
    const second = await ControllerRig.start({}, undefined, first.store);
    await second.run(1000);
    expect(NAMES.map((name) => second.condition(name))).toEqual(NAMES.map(() => 'True:Serving'));
    expect(second.condition('a', 'Synced')).toBe('False:PruneBlocked');
  });

  it('that waits goes on waiting when the daemon is killed while its source cannot be read', async () => {
    const first = await ControllerRig.start(all);
    await first.run(1000);
    first.source.set(none);
    first.source.over = { complete: false };
    first.source.report();
    await first.run(1000);
    expect(first.condition('a', 'Synced')).toBe('False:SourceUnavailable');
    await first.stop();
    const second = await ControllerRig.start({ a: all.a!, b: all.b!, c: all.c! }, undefined, first.store);
    await second.run(1000);
    expect(known(second)).toEqual(NAMES);
    expect([second.condition('a', 'Synced'), second.condition('d', 'Synced')]).toEqual([
      'True:Applied',
      'False:PruneBlocked',
    ]);
  });

  it('that waits goes on waiting when its source could not be read meanwhile', async () => {
    const rig = await ControllerRig.start(all);
    await rig.run(1000);
    rig.source.set(none);
    rig.source.over = { complete: false };
    rig.source.report();
    rig.source.over = {};
    rig.source.set({ a: all.a, b: all.b, c: all.c });
    await rig.run(1000);
    expect(known(rig)).toEqual(NAMES);
    expect(rig.condition('d', 'Synced')).toBe('False:PruneBlocked');
  });
});
