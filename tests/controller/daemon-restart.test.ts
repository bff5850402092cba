import { describe, expect, it } from 'vitest';

import { viewOf } from '../../src/runtime/service-view.ts';
import { judge } from '../../src/runtime/wait.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const never = Number.POSITIVE_INFINITY;

describe('what the daemon before remembered', () => {
  it('keeps generation and restarts, and is not taken for what runs now', async () => {
    const first = await ControllerRig.start({ a: service('a') });
    await first.run(1000);
    first.driver.crash('a');
    await first.run(5000);
    first.source.set({ a: service('a', '  startTimeoutMs: 20000\n') });
    await first.run(1000);
    expect(first.condition('a')).toBe('True:Serving');
    await first.stop();
    let before: unknown;
    const second = await ControllerRig.start(
      { a: service('a', '  startTimeoutMs: 20000\n') },
      (rig) => {
        rig.driver.of('a').startMs = never;
        const entry = rig.entry('a');
        before = judge(
          viewOf(entry, rig.controller.sources.diagnostics, rig.clock.now()),
          { kind: 'ready' },
          entry.row.generation,
        );
      },
      first.store,
    );
    expect(before).toBeUndefined();
    await second.run(1000);
    expect(second.entry('a').status).toMatchObject({ lifecycle: 'STARTING', restarts: 1 });
    expect(second.entry('a').row.generation).toBe(2);
  });

  it('leaves a quarantine in place', async () => {
    const broken = new ClarityError('StartFailed', 'no');
    const first = await ControllerRig.start({ a: service('a') }, (rig) => (rig.driver.of('a').startError = broken));
    await first.run(60_000);
    expect(first.condition('a')).toBe('False:CrashLoop');
    await first.stop();
    const second = await ControllerRig.start({ a: service('a') }, undefined, first.store);
    await second.run(60_000);
    expect(second.condition('a')).toBe('False:CrashLoop');
    expect(second.driver.calls).toEqual([]);
  });

  it('does not hold back what failed for want of something outside: the environment may be another', async () => {
    const missing = new ClarityError('CommandNotFound', 'no such command');
    const first = await ControllerRig.start({ a: service('a') }, (rig) => (rig.driver.of('a').startError = missing));
    await first.run(1000);
    expect(first.condition('a')).toBe('False:CommandNotFound');
    await first.stop();
    const second = await ControllerRig.start({ a: service('a') }, undefined, first.store);
    await second.run(1000);
    expect(second.condition('a')).toBe('True:Serving');
  });
});
