import { describe, expect, it } from 'vitest';

import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const ASLEEP = '  activation: {mode: onDemand, idleSeconds: 60}\n';

async function asleep(spec = ASLEEP): Promise<ControllerRig> {
  const rig = await ControllerRig.start({ a: service('a', spec) });
  await rig.run(90_000);
  expect(rig.driver.observe('a')).toEqual([]);
  rig.driver.calls.length = 0;
  return rig;
}
const wake = (rig: ControllerRig, signal = new AbortController().signal) =>
  rig.controller.view.get('a')?.wake?.(signal) ?? Promise.reject(new Error('it does not sleep'));

describe('a service on demand', () => {
  it('is started once for its interface, then sleeps: Ready, its tools listed, nothing running', async () => {
    const rig = await ControllerRig.start({ a: service('a', ASLEEP) });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Serving');
    await rig.run(60_000);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.condition('a')).toBe('True:Idle');
    expect(rig.entry('a').status).toMatchObject({ lifecycle: 'STOPPED', health: 'Healthy', observedGeneration: 1 });
    expect(rig.controller.view.get('a')?.interface.tools).toHaveLength(1);
    await rig.run(600_000);
    expect(rig.driver.calls.filter((call) => call === 'start a')).toHaveLength(1);
    expect(rig.driver.calls.filter((call) => call === 'ping a').length).toBeLessThan(4);
  });

  it('that ran all the time before can be woken once it sleeps', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.source.set({ a: service('a', ASLEEP) });
    await rig.run(90_000);
    expect(rig.driver.observe('a')).toEqual([]);
    const channel = wake(rig);
    await rig.run(1000);
    expect((await channel).ref.identity).toBe('a');
  });

  it('is woken by one start, however many ask', async () => {
    const rig = await asleep();
    const channels = Promise.all(Array.from({ length: 20 }, () => wake(rig)));
    await rig.run(1000);
    expect(new Set((await channels).map(({ ref }) => ref.id)).size).toBe(1);
    expect(rig.driver.calls.filter((call) => call === 'start a')).toHaveLength(1);
    expect(rig.entry('a').status).toMatchObject({ lifecycle: 'RUNNING', restarts: 0 });
    await rig.run(59_000);
    expect(rig.driver.running('a')).toHaveLength(1);
    await rig.run(5000);
    expect(rig.condition('a')).toBe('True:Idle');
  });

  it('does not sleep while a call is in flight, and counts from its end', async () => {
    const rig = await asleep();
    void wake(rig);
    await rig.run(1000);
    rig.driver.of('a').activity = { inFlight: 1, lastAtMs: rig.clock.now() };
    await rig.run(300_000);
    expect(rig.driver.running('a')).toHaveLength(1);
    rig.driver.of('a').activity = { inFlight: 0, lastAtMs: rig.clock.now() };
    await rig.run(50_000);
    expect(rig.driver.running('a')).toHaveLength(1);
    await rig.run(40_000);
    expect(rig.driver.observe('a')).toEqual([]);
  });

  it('that is called while it is being stopped starts once more', async () => {
    const rig = await ControllerRig.start({ a: service('a', ASLEEP) }, ({ driver }) => {
      driver.of('a').stopMs = 5000;
    });
    await rig.run(62_000);
    expect(rig.driver.observe('a')).toMatchObject([{ phase: 'stopping' }]);
    expect(rig.condition('a')).toBe('True:Idle');
    const channel = wake(rig);
    await rig.run(10_000);
    expect(rig.driver.connect((await channel).ref)).toBeDefined();
  });

  it('that does not start says why at once, and nothing has reached it', async () => {
    const rig = await asleep();
    rig.driver.of('a').startError = new ClarityError('StartFailed', 'the disk is full');
    const failed = expect(wake(rig)).rejects.toMatchObject({
      message: expect.stringContaining('the disk is full') as string,
      data: { sent: false },
    });
    await rig.run(1000);
    await failed;
  });

  it('that hangs at its start is waited for no longer than startTimeoutMs', async () => {
    const rig = await asleep(`${ASLEEP}  startTimeoutMs: 5000\n`);
    rig.driver.of('a').startMs = Number.POSITIVE_INFINITY;
    const failed = expect(wake(rig)).rejects.toMatchObject({ data: { sent: false } });
    await rig.run(6000);
    await failed;
  });

  it('is started for its interface anew where it is made of something else', async () => {
    const rig = await asleep();
    rig.source.set({ a: service('a', ASLEEP).replace('command: node', 'command: other') });
    await rig.run(5000);
    expect(rig.driver.calls).toContain('start a');
    await rig.run(120_000);
    expect(rig.condition('a')).toBe('True:Idle');
    expect(rig.entry('a').status?.observedGeneration).toBe(2);
  });

  it('may be one that ran all the time before: it is woken too', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(5000);
    rig.source.set({ a: service('a', ASLEEP) });
    await rig.run(120_000);
    expect(rig.driver.observe('a')).toEqual([]);
    const channel = wake(rig);
    await rig.run(1000);
    expect(rig.driver.connect((await channel).ref)).toBeDefined();
  });
});
