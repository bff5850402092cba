import { describe, expect, it } from 'vitest';

import { judge } from '../../src/runtime/wait.ts';
import { viewOf } from '../../src/runtime/service-view.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const arg = (text: string) => `  stopGraceSeconds: 1\n  startTimeoutMs: 30000\n`.replace('1\n', `${text}\n`);
const command = (name: string, path: string, spec = '') =>
  service(name, spec).replace('command: node', `command: ${path}`);
const off = '  enabled: false\n';
const waits = (rig: ControllerRig, kind: 'ready' | 'stopped') =>
  judge(
    viewOf(rig.entry('a'), rig.controller.sources.diagnostics, rig.clock.now()),
    { kind },
    rig.entry('a').row.generation,
  );

describe('a newer manifest', () => {
  it('generation N start hanging, N+1 saved: N aborted, N+1 runs within 1 s', async () => {
    const rig = await ControllerRig.start({ a: command('a', 'one') }, ({ driver }) => {
      driver.of('a').startMs = Number.POSITIVE_INFINITY;
    });
    await rig.run(5000);
    rig.driver.of('a').startMs = 100;
    rig.source.set({ a: command('a', 'two') });
    await rig.run(1000);
    expect(rig.driver.running('a').map(({ generation }) => generation)).toEqual([2]);
    expect(rig.driver.observe('a')).toHaveLength(1);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.entry('a').status).toMatchObject({ observedGeneration: 2, restarts: 0 });
  });

  it('lets a stop that has begun finish, and does not call it stopped before', async () => {
    const recreate = '  rollout: {strategy: Recreate}\n';
    const rig = await ControllerRig.start({ a: command('a', 'one', recreate) });
    await rig.run(1000);
    rig.driver.of('a').stopMs = 5000;
    rig.source.set({ a: command('a', 'two', recreate) });
    await rig.run(100);
    rig.source.set({ a: command('a', 'two', recreate + off) });
    await rig.run(100);
    expect(rig.driver.observe('a')).toMatchObject([{ phase: 'stopping' }]);
    expect(rig.entry('a').status).toMatchObject({ lifecycle: 'STOPPING', observedGeneration: 1 });
    expect(waits(rig, 'stopped')).toBeUndefined();
    await rig.run(5000);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(waits(rig, 'stopped')).toMatchObject({ met: true });
    expect(rig.driver.calls.filter((call) => call.startsWith('start'))).toHaveLength(1);
  });

  it('that forbids what is being started stops it without waiting for the handshake', async () => {
    const strict = service('a', '  policyRef: strict\n');
    const policy = 'apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata: {name: strict}\nspec: {}\n';
    const rig = await ControllerRig.start({ a: strict, p: policy }, ({ driver }) => {
      driver.of('a').startMs = Number.POSITIVE_INFINITY;
    });
    await rig.run(1000);
    rig.source.set({ p: undefined });
    await rig.run(1000);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.condition('a')).toBe('False:PolicyNotFound');
  });

  it('is not settled by an action that works towards an older one', async () => {
    const rig = await ControllerRig.start({ a: command('a', 'one') });
    await rig.run(1000);
    rig.driver.of('a').listMs = 5000;
    rig.driver.listChanged('a');
    await rig.run(1500);
    expect(rig.entry('a').action).toBeDefined();
    rig.source.set({ a: command('a', 'one', arg('7')) });
    await rig.run(10);
    expect(rig.entry('a').row.generation).toBe(2);
    expect(waits(rig, 'ready')).toMatchObject({ met: true });
    rig.driver.of('a').stopMs = 5000;
    rig.source.set({ a: command('a', 'one', off) });
    await rig.run(10);
    expect(waits(rig, 'ready')).toBeUndefined();
    await rig.run(10_000);
    expect(waits(rig, 'ready')).toMatchObject({ met: false });
  });

  it('wins over fifty toggles before it', async () => {
    const rig = await ControllerRig.start({ a: command('a', 'one') });
    for (let i = 0; i < 51; i++) {
      rig.source.set({ a: command('a', 'one', i % 2 === 0 ? off : '') });
      await rig.run(i * 7);
    }
    await rig.run(5000);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.entry('a').status).toMatchObject({ lifecycle: 'STOPPED' });
    expect(rig.entry('a').status?.observedGeneration).toBe(rig.entry('a').row.generation);
  });
});

describe('deletion', () => {
  it('ends a start in flight', async () => {
    const rig = await ControllerRig.start({ a: service('a') }, ({ driver }) => {
      driver.of('a').startMs = Number.POSITIVE_INFINITY;
    });
    await rig.run(1000);
    rig.source.set({ a: undefined });
    await rig.run(1000);
    expect(rig.controller.fleet.entries.has('a')).toBe(false);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.store.rows.has('a')).toBe(false);
  });

  it('is over only when the process is gone, also where the stop takes longer than its deadline', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  reconcile: {timeout: 2s}\n') });
    await rig.run(1000);
    rig.driver.of('a').stopMs = 20_000;
    rig.source.set({ a: undefined });
    await rig.run(10_000);
    expect(rig.driver.observe('a')).toMatchObject([{ phase: 'stopping' }]);
    expect(rig.controller.fleet.entries.has('a')).toBe(true);
    await rig.run(15_000);
    expect(rig.controller.fleet.entries.has('a')).toBe(false);
  });

  it('followed by the same document again during the stop starts it once more', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.driver.of('a').stopMs = 5000;
    rig.source.set({ a: undefined });
    await rig.run(100);
    rig.source.set({ a: service('a') });
    await rig.run(10_000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.driver.running('a')).toHaveLength(1);
  });

  it.each([
    ['of a suspended service', '  suspend: true\n'],
    ['under deletionPolicy Orphan', '  deletionPolicy: Orphan\n'],
  ])('%s leaves its process alone, and the document takes it back', async (_when, spec) => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.source.set({ a: service('a', spec) });
    await rig.run(1000);
    rig.source.set({ a: undefined });
    await rig.run(60_000);
    expect(rig.controller.fleet.entries.has('a')).toBe(false);
    expect(rig.driver.running('a')).toHaveLength(1);
    expect(rig.events).toContainEqual(expect.objectContaining({ kind: 'service.orphaned', identity: 'a' }));
    rig.source.set({ a: service('a') });
    await rig.run(1000);
    expect(rig.driver.calls.filter((call) => call.startsWith('start'))).toHaveLength(1);
    expect(rig.condition('a')).toBe('True:Serving');
  });
});
