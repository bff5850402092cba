import { describe, expect, it } from 'vitest';

import type { FakeStore } from '../helpers/controller-rig.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const ASLEEP = service('a', '  activation: {mode: onDemand, idleSeconds: 60}\n');

/** The store that a daemon leaves behind which has read the lists of `text`. */
async function leftBy(text: string): Promise<FakeStore> {
  const first = await ControllerRig.start({ a: text });
  await first.run(90_000);
  await first.stop();
  return first.store;
}

const changes = (rig: ControllerRig) => rig.events.filter(({ kind }) => kind === 'service.interface_changed');

describe('over a restart of the daemon', () => {
  it('a service on demand sleeps at once: its tools are listed, nothing is started before somebody calls', async () => {
    const rig = await ControllerRig.start({ a: ASLEEP }, undefined, await leftBy(ASLEEP));
    await rig.run(300_000);
    expect(rig.driver.calls).toEqual([]);
    expect(rig.condition('a')).toBe('True:Idle');
    const served = rig.controller.view.get('a');
    expect(served?.interface.tools).toMatchObject([{ name: 'echo' }]);
    const channel = served?.wake?.(new AbortController().signal);
    await rig.run(1000);
    expect((await channel)?.ref.identity).toBe('a');
    expect(changes(rig)).toEqual([]);
  });

  it('it is started for its interface where it runs something else', async () => {
    const other = ASLEEP.replace('command: node', 'command: other');
    const rig = await ControllerRig.start({ a: other }, undefined, await leftBy(ASLEEP));
    await rig.run(1000);
    expect(rig.driver.calls).toContain('start a');
  });

  it.each([service('a'), ASLEEP])('another interface is an event', async (text) => {
    const store = await leftBy(text);
    const rig = await ControllerRig.start({ a: text }, ({ driver }) => (driver.of('a').tools = ['more']), store);
    await rig.run(1000);
    void rig.controller.view.get('a')?.wake?.(new AbortController().signal);
    await rig.run(1000);
    expect(changes(rig)).toMatchObject([{ message: 'a: tools removed: echo; tools added: more' }]);
    expect(store.loadInterface('a')?.snapshot.tools).toMatchObject([{ name: 'more' }]);
  });

  it('nothing is known of a service that was gone meanwhile', async () => {
    const store = await leftBy(ASLEEP);
    const without = await ControllerRig.start({}, undefined, store);
    await without.run(5000);
    expect(store.loadInterface('a')).toBeUndefined();
  });
});
