import { describe, expect, it } from 'vitest';

import { ControllerRig, service } from '../helpers/controller-rig.ts';

const needs = (name: string, ...others: string[]) => service(name, `  dependsOn: [${others.join(', ')}]\n`);
const off = '  enabled: false\n';

describe('dependsOn', () => {
  it('dependency Ready wakes dependants', async () => {
    const rig = await ControllerRig.start({ a: needs('a', 'b'), b: service('b') }, ({ driver }) => {
      driver.of('b').startMs = 20_000;
    });
    await rig.run(15_000);
    expect(rig.driver.calls).toEqual(['start b']);
    expect(rig.condition('a')).toBe('False:DependencyNotReady');
    expect(rig.entry('a').status?.health).toBe('Progressing');
    await rig.run(5500);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('names what is missing, and starts when it comes', async () => {
    const rig = await ControllerRig.start({ a: needs('a', 'b') });
    await rig.run(1000);
    expect(rig.entry('a').plan).toMatchObject({ why: { message: expect.stringContaining('"b"') as string } });
    rig.source.set({ b: service('b') });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('leaves a running service alone when what it depends on goes down', async () => {
    const rig = await ControllerRig.start({ a: needs('a', 'b'), b: service('b') });
    await rig.run(2000);
    rig.source.set({ b: service('b', off) });
    await rig.run(60_000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.driver.calls.filter((call) => call === 'stop a')).toEqual([]);
  });

  it('holds no change of what it depends on against it for longer than that takes', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  enabled: false\n'), b: service('b') });
    await rig.run(1000);
    rig.source.set({ a: needs('a', 'b'), b: service('b', '  tools: {deny: [x]}\n') });
    await rig.run(500);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('stops in the reverse order where both go, and also with the daemon', async () => {
    const rig = await ControllerRig.start({ a: needs('a', 'b'), b: needs('b', 'c'), c: service('c') }, ({ driver }) => {
      for (const name of ['a', 'b', 'c']) driver.of(name).stopMs = 3000;
    });
    await rig.run(5000);
    rig.driver.calls.length = 0;
    rig.source.set({ a: undefined, b: undefined });
    await rig.run(1000);
    expect(rig.driver.calls).toEqual(['stop a']);
    await rig.run(8000);
    expect(rig.driver.calls).toEqual(['stop a', 'stop b']);
    rig.source.set({ a: needs('a', 'b'), b: needs('b', 'c') });
    await rig.run(5000);
    rig.driver.calls.length = 0;
    await rig.stop();
    expect(rig.driver.calls.filter((call) => call.startsWith('stop'))).toEqual(['stop a', 'stop b', 'stop c']);
  });

  it('dependsOn cycle: all Stalled, path printed', async () => {
    const rig = await ControllerRig.start({
      a: needs('a', 'b'),
      b: needs('b', 'c'),
      c: needs('c', 'a'),
      d: needs('d', 'a'),
      e: service('e'),
    });
    await rig.run(1000);
    for (const name of ['a', 'b', 'c']) expect(rig.condition(name, 'Stalled')).toBe('True:DependencyCycle');
    expect(rig.entry('b').plan).toMatchObject({
      why: { message: expect.stringContaining('b -> c -> a -> b') as string },
    });
    expect(rig.condition('d')).toBe('False:DependencyNotReady');
    expect(rig.condition('e')).toBe('True:Serving');
    rig.source.set({ c: service('c') });
    await rig.run(2000);
    for (const name of ['a', 'b', 'c', 'd']) expect(rig.condition(name)).toBe('True:Serving');
  });
});
