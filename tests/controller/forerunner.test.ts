import { describe, expect, it } from 'vitest';

import { ClarityError } from '../../src/shared/errors.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const command = (path: string, spec = '') => service('a', spec).replace('command: node', `command: ${path}`);
const names = (rig: ControllerRig) => rig.controller.view.get('a')?.interface.tools.map(({ name }) => name);

/** `one` serves, for `two` cannot: nothing is tried again before five minutes have passed. */
async function rolledBack(): Promise<ControllerRig> {
  const rig = await ControllerRig.start({ a: command('one') });
  await rig.run(1000);
  rig.driver.of('a').startError = new ClarityError('CommandNotFound', 'two is not there');
  rig.source.set({ a: command('two') });
  await rig.run(500);
  expect(rig.condition('a')).toBe('False:RolledBack');
  return rig;
}

describe('what serves on while the newest generation cannot', () => {
  it('is probed, and its status does not waver for that', async () => {
    const rig = await rolledBack();
    const { status } = rig.entry('a');
    rig.driver.calls.length = 0;
    const told: unknown[] = [];
    rig.controller.onStatus((identity) => told.push(identity));
    await rig.run(240_000);
    expect(rig.driver.calls.filter((call) => call === 'ping a').length).toBeGreaterThan(4);
    expect(rig.entry('a').status).toBe(status);
    expect(told).toEqual([]);
  });

  it('is given up where it hangs, which is no failure of the newest one', async () => {
    const rig = await rolledBack();
    rig.driver.of('a').pingError = new RpcError(RPC.timeout, 'no answer', { sent: true });
    const { failures, streak } = rig.entry('a').row.memory;
    await rig.run(150_000);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.controller.view.get('a')).toBeUndefined();
    expect(rig.condition('a')).toBe('False:CommandNotFound');
    expect(rig.entry('a').row.memory).toMatchObject({ failures, streak });
  });

  it('has its lists read when they change, and stays what it is', async () => {
    const rig = await rolledBack();
    rig.driver.of('a').tools = ['echo', 'more'];
    rig.driver.listChanged('a');
    await rig.run(3000);
    expect(names(rig)).toEqual(['echo', 'more']);
    expect(rig.condition('a')).toBe('False:RolledBack');
    expect(rig.entry('a').plan).toMatchObject({
      why: { message: expect.stringContaining('generation 1 keeps') as string },
    });
  });

  it('is probed also for want of a secret, and while drift is only reported', async () => {
    const rig = await ControllerRig.start({ a: command('one') });
    await rig.run(1000);
    rig.source.set({
      a: command('one').replace('command: one', 'command: one, env: [{name: T, secretRef: "env:NOT_THERE"}]'),
    });
    await rig.run(500);
    rig.driver.calls.length = 0;
    await rig.run(200_000);
    expect(rig.driver.calls.filter((call) => call !== 'ping a')).toEqual([]);
    expect(rig.driver.calls.length).toBeGreaterThan(3);
    expect(rig.driver.calls.length).toBeLessThan(10);
    expect(rig.condition('a')).toBe('False:RolledBack');
  });

  it('is what is in force: Synced is not said while the newest one waits for a dependency', async () => {
    const rig = await ControllerRig.start({ a: command('one') });
    await rig.run(1000);
    rig.source.set({ a: command('two', '  dependsOn: [b]\n') });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('False:DependencyNotReady');
    expect(rig.condition('a', 'Synced')).toBe('False:DependencyNotReady');
    expect(rig.controller.view.get('a')?.upstream()).toBeDefined();
  });
});

it('the end of a candidate that answers no list is told as such, and leaves Synced as it is', async () => {
  const rig = await ControllerRig.start({ a: command('one') });
  await rig.run(1000);
  const said: string[] = [];
  rig.controller.onStatus(() => said.push(rig.condition('a', 'Synced')));
  rig.driver.of('a').listError = new RpcError(RPC.internalError, 'no lists');
  rig.source.set({ a: command('two') });
  await rig.run(600);
  expect(rig.condition('a')).toBe('False:RolledBack');
  expect(said).not.toContain('True:Applied');
  expect(said).toContain('False:Restart');
});

it('lists that a new instance changes while they are read the first time are read once more', async () => {
  const rig = await ControllerRig.start({ a: command('one') });
  await rig.run(1000);
  rig.remote.of('a').listMs = 1000;
  rig.source.set({
    a: service('a').replace(/origin: .*/, 'origin: {type: remote_mcp, endpoint: "https://mcp.example.com/mcp"}'),
  });
  await rig.run(600);
  rig.remote.listChanged('a');
  await rig.run(600);
  rig.remote.of('a').tools = ['echo', 'late'];
  await rig.run(5000);
  expect(names(rig)).toEqual(['echo', 'late']);
});
