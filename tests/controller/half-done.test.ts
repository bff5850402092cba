import { describe, expect, it, vi } from 'vitest';

import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, FakeStore, service } from '../helpers/controller-rig.ts';

const REPORT = '  drift: Report\n';
const two = (spec = '') => service('a', spec).replace('command: node', 'command: two');

/** `node` serves while `two` starts, which takes ten seconds. */
async function halfway(): Promise<ControllerRig> {
  const rig = await ControllerRig.start({ a: service('a') });
  await rig.run(1000);
  rig.driver.of('a').startMs = 10_000;
  rig.source.set({ a: two() });
  await rig.run(1000);
  expect(rig.driver.observe('a').map(({ phase }) => phase)).toEqual(['running', 'starting']);
  return rig;
}

describe('a roll-out that is half done', () => {
  it.each([
    ['disabled', two('  enabled: false\n'), 'False:Stopped'],
    ['without its policy', two('  policyRef: none\n'), 'False:PolicyNotFound'],
  ])('and %s ends both', async (_how, then, ready) => {
    const rig = await halfway();
    rig.source.set({ a: then });
    await rig.run(5000);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.condition('a')).toBe(ready);
  });

  it('and deleted ends both', async () => {
    const rig = await halfway();
    rig.source.set({ a: undefined });
    await rig.run(30_000);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.controller.fleet.entries.has('a')).toBe(false);
  });

  it('and suspended stays with what serves, then goes on', async () => {
    const rig = await halfway();
    rig.source.set({ a: two('  suspend: true\n') });
    await rig.run(60_000);
    expect(rig.driver.observe('a').map(({ phase }) => phase)).toEqual(['running']);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.condition('a', 'Synced')).toBe('False:Suspended');
    rig.source.set({ a: two() });
    await rig.run(20_000);
    expect(rig.condition('a', 'Synced')).toBe('True:Applied');
    expect(rig.driver.observe('a')).toHaveLength(1);
  });

  it('from a process to a remote keeps the process serving until the remote does', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.remote.of('a').startError = new ClarityError('UpstreamUnreachable', 'refused');
    const remote = service('a').replace(
      /origin: .*/,
      'origin: {type: remote_mcp, endpoint: "https://mcp.example.com/mcp"}',
    );
    rig.source.set({ a: remote });
    await rig.run(500);
    expect(rig.condition('a')).toBe('False:RolledBack');
    expect(rig.controller.view.get('a')?.upstream()?.ref.id).toBe(rig.driver.observe('a')[0]?.ref.id);
    delete rig.remote.of('a').startError;
    await rig.run(120_000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect([rig.driver.observe('a').length, rig.remote.observe('a').length]).toEqual([0, 1]);
  });
});

it('one instance that does not end keeps no other alive', async () => {
  const rig = await halfway();
  rig.driver.of('a').listMs = 5000;
  await rig.run(10_000);
  const [first, second] = rig.driver.observe('a');
  expect([first?.phase, second?.phase]).toEqual(['running', 'running']);
  const stop = rig.driver.stop.bind(rig.driver);
  vi.spyOn(rig.driver, 'stop').mockImplementation((ref, context) =>
    ref.id === first?.ref.id ? Promise.reject(new Error('it does not die')) : stop(ref, context),
  );
  rig.source.set({ a: two('  enabled: false\n') });
  await rig.run(5000);
  expect(rig.driver.observe('a').map(({ ref }) => ref.id)).toEqual([first?.ref.id]);
  vi.restoreAllMocks();
});

it('a deleted service has the grace of its manifest', async () => {
  const rig = await ControllerRig.start({ a: service('a', '  stopGraceSeconds: 60\n') });
  await rig.run(1000);
  const stop = vi.spyOn(rig.driver, 'stop');
  rig.source.set({ a: undefined });
  await rig.run(30_000);
  expect(stop.mock.calls.map(([, { graceMs }]) => graceMs)).toEqual([60_000]);
});

it('drift Report holds for a generation that changed nothing of what runs', async () => {
  const rig = await ControllerRig.start({ a: service('a', REPORT) });
  await rig.run(1000);
  rig.source.set({ a: service('a', `${REPORT}  probe: {intervalSeconds: 31}\n`) });
  await rig.run(1000);
  expect(rig.entry('a').row.generation).toBe(2);
  rig.driver.crash('a');
  await rig.run(60_000);
  expect(rig.condition('a')).toBe('False:Drifted');
  rig.source.set({ a: service('a', `${REPORT}  probe: {intervalSeconds: 32}\n`) });
  await rig.run(5000);
  expect(rig.condition('a')).toBe('True:Serving');
});

it('a service that only may not start has its lists read all the same', async () => {
  const rig = await ControllerRig.start({ a: service('a'), b: service('b') });
  await rig.run(1000);
  rig.source.set({ a: service('a', '  dependsOn: [b]\n'), b: service('b', '  dependsOn: [a]\n') });
  await rig.run(1000);
  expect(rig.condition('a', 'Synced')).toBe('False:DependencyCycle');
  rig.driver.of('a').tools = ['echo', 'more'];
  rig.driver.listChanged('a');
  await rig.run(3000);
  expect(rig.controller.view.get('a')?.interface.tools).toHaveLength(2);
});

it('a generation that was good stays so in the history when it does not start under another daemon', async () => {
  const store = new FakeStore();
  const first = await ControllerRig.start({ a: service('a') }, () => undefined, store);
  await first.run(1000);
  await first.stop();
  const settle = vi.spyOn(store, 'settleHistory');
  const prepare = (rig: ControllerRig) => {
    rig.driver.of('a').startError = new ClarityError('CommandNotFound', 'gone');
  };
  const second = await ControllerRig.start({ a: service('a') }, prepare, store);
  await second.run(5000);
  expect(second.condition('a')).toBe('False:CommandNotFound');
  expect(settle).not.toHaveBeenCalled();
});
