import { describe, expect, it } from 'vitest';

import { judge } from '../../src/runtime/wait.ts';
import { viewOf } from '../../src/runtime/service-view.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const command = (path: string, spec = '') => service('a', spec).replace('command: node', `command: ${path}`);
const made = (rig: ControllerRig) =>
  rig.driver
    .running('a')
    .map(({ manifest: { spec } }) => (spec.origin.type === 'local_stdio' ? spec.origin.command : ''));
const verdict = (rig: ControllerRig) =>
  judge(
    viewOf(rig.entry('a'), rig.controller.sources.diagnostics, rig.clock.now()),
    { kind: 'ready' },
    rig.entry('a').row.generation,
  );

async function running(spec = ''): Promise<ControllerRig> {
  const rig = await ControllerRig.start({ a: command('one', spec) });
  await rig.run(1000);
  return rig;
}

describe('a generation that does not get ready', () => {
  it('leaves the one before serving, says so at once, and is tried again', async () => {
    const rig = await running();
    rig.driver.of('a').startError = new ClarityError('StartFailed', 'no such port');
    rig.source.set({ a: command('two') });
    await rig.run(500);
    expect(made(rig)).toEqual(['one']);
    expect(rig.condition('a')).toBe('False:RolledBack');
    expect(rig.condition('a', 'Stalled')).toBe('True:RolledBack');
    expect(rig.condition('a', 'Synced')).toBe('False:RolledBack');
    expect(rig.entry('a').status).toMatchObject({ lifecycle: 'RUNNING', health: 'Degraded', observedGeneration: 2 });
    expect(verdict(rig)).toMatchObject({ met: false, why: expect.stringContaining('no such port') as string });
    expect(verdict(rig)?.why).toContain('generation 1 keeps serving');
    expect(rig.controller.view.get('a')?.upstream()).toBeDefined();
    delete rig.driver.of('a').startError;
    await rig.run(10_000);
    expect(made(rig)).toEqual(['two']);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('goes back by a manifest that is as before, without a start', async () => {
    const rig = await running();
    rig.driver.of('a').startError = new ClarityError('CommandNotFound', 'two is not there');
    rig.source.set({ a: command('two') });
    await rig.run(500);
    rig.driver.calls.length = 0;
    rig.source.set({ a: command('one') });
    await rig.run(500);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.driver.calls.filter((call) => !call.startsWith('ping'))).toEqual([]);
  });

  it('is quarantined after its last try, and the one before serves on', async () => {
    const rig = await running();
    rig.driver.of('a').startError = new ClarityError('StartFailed', 'no');
    rig.source.set({ a: command('two') });
    await rig.run(120_000);
    expect(rig.entry('a').row.memory.quarantine).toBeDefined();
    expect(made(rig)).toEqual(['one']);
    expect(rig.entry('a').status?.lifecycle).toBe('RUNNING');
    expect(rig.entry('a').plan).toMatchObject({ why: { reason: 'RolledBack' } });
    rig.driver.crash('a');
    await rig.run(1000);
    expect(rig.entry('a').status?.lifecycle).toBe('QUARANTINED');
  });

  it('for want of a secret leaves the one before, too; a policy that is gone does not', async () => {
    const rig = await running();
    const env = command('one').replace('command: one', 'command: one, env: [{name: T, secretRef: "env:NOT_THERE"}]');
    rig.source.set({ a: env });
    await rig.run(500);
    expect(rig.condition('a')).toBe('False:RolledBack');
    expect(made(rig)).toEqual(['one']);
    rig.source.set({ a: command('one', '  policyRef: none\n') });
    await rig.run(500);
    expect(rig.condition('a')).toBe('False:PolicyNotFound');
    expect(made(rig)).toEqual([]);
  });

  it('has nothing to fall back to under Recreate', async () => {
    const recreate = '  rollout: {strategy: Recreate}\n';
    const rig = await running(recreate);
    rig.driver.of('a').startError = new ClarityError('StartFailed', 'no');
    rig.source.set({ a: command('two', recreate) });
    await rig.run(500);
    expect(made(rig)).toEqual([]);
    expect(rig.condition('a')).toBe('False:CrashLoopBackOff');
  });
});
