import { describe, expect, it } from 'vitest';

import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const ASLEEP = '  activation: {mode: onDemand, idleSeconds: 60}\n';
const IDLE_LONG = '  activation: {mode: onDemand, idleSeconds: 400}\n';
const wake = (rig: ControllerRig, name = 'a') =>
  rig.controller.view.get(name)?.wake?.(new AbortController().signal) ?? Promise.reject(new Error('it does not sleep'));

async function asleep(files: Readonly<Record<string, string>> = { a: service('a', ASLEEP) }): Promise<ControllerRig> {
  const rig = await ControllerRig.start(files);
  await rig.run(90_000);
  expect(rig.condition('a')).toBe('True:Idle');
  rig.driver.calls.length = 0;
  return rig;
}
const starts = (rig: ControllerRig) => rig.driver.calls.filter((call) => call === 'start a').length;

describe('a service that sleeps', () => {
  it('is not kept awake by readings of its lists, which nobody calls for', async () => {
    const rig = await ControllerRig.start({ a: service('a', IDLE_LONG) });
    await rig.run(420_000);
    expect(rig.condition('a')).toBe('True:Idle');
  });

  it.each([
    ['suspended', service('a', `${ASLEEP}  suspend: true\n`)],
    ['disabled', service('a', `${ASLEEP}  enabled: false\n`)],
    ['deleted', undefined],
  ])('and is %s lets who waits for it go at once', async (_how, then) => {
    const rig = await asleep();
    rig.driver.of('a').startMs = Number.POSITIVE_INFINITY;
    const failed = expect(wake(rig)).rejects.toMatchObject({ data: { sent: false } });
    await rig.run(100);
    expect(starts(rig)).toBe(1);
    rig.source.set({ a: then });
    await rig.run(500);
    await failed;
    expect(rig.driver.observe('a')).toEqual([]);
  });

  it('suspended, refuses a call at once', async () => {
    const rig = await asleep();
    rig.source.set({ a: service('a', `${ASLEEP}  suspend: true\n`) });
    await rig.run(100);
    const failed = expect(wake(rig)).rejects.toThrow(/suspend/);
    await rig.run(100);
    await failed;
    expect(starts(rig)).toBe(0);
  });

  it('is not quarantined for crashes with good runs between them', async () => {
    const rig = await asleep({ a: service('a', `${ASLEEP}  restartPolicy: {windowSeconds: 3600}\n`) });
    for (let day = 0; day < 12; day++) {
      const channel = wake(rig);
      await rig.run(1000);
      await channel;
      rig.driver.crash('a');
      await rig.run(86_400_000);
      expect(rig.condition('a')).toBe('True:Idle');
    }
  });

  it('whose new generation is bad is not started in a loop, and sleeps again with the good one', async () => {
    const rig = await asleep();
    rig.driver.of('a').startError = new ClarityError('StartFailed', 'no');
    rig.source.set({ a: service('a', ASLEEP).replace('command: node', 'command: bad') });
    await rig.run(3_600_000);
    expect(starts(rig)).toBeLessThanOrEqual(10);
    expect(rig.entry('a').status?.lifecycle).toBe('QUARANTINED');
    rig.driver.calls.length = 0;
    rig.source.set({ a: service('a', ASLEEP) });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Idle');
    expect(starts(rig)).toBe(0);
  });

  it('gets its caller to the new generation that comes while it wakes', async () => {
    const rig = await asleep();
    rig.driver.of('a').startMs = 1000;
    const channel = wake(rig);
    await rig.run(500);
    rig.source.set({ a: service('a', ASLEEP).replace('command: node', 'command: newer') });
    await rig.run(3000);
    expect((await channel).ref.runHash).toBe(rig.entry('a').desired?.runHash);
    expect(rig.driver.observe('a')).toHaveLength(1);
  });

  it('is Ready all the while that what it depends on wakes, fails and sleeps', async () => {
    const rig = await asleep({ a: service('a', `${ASLEEP}  dependsOn: [b]\n`), b: service('b', ASLEEP) });
    const said = new Set<string>();
    rig.controller.onStatus(() => said.add(rig.condition('a')));
    const channel = wake(rig, 'b');
    await rig.run(1000);
    await channel;
    rig.driver.crash('b');
    await rig.run(120_000);
    rig.source.set({ b: service('b', `${ASLEEP}  enabled: false\n`) });
    await rig.run(60_000);
    expect([...said].filter((ready) => ready !== 'True:Idle')).toEqual([]);
    const failed = expect(wake(rig)).rejects.toMatchObject({ data: { sent: false } });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('False:DependencyNotReady');
    expect(starts(rig)).toBe(0);
    await rig.run(60_000);
    await failed;
  });
});
