import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../src/shared/errors.ts';
import { ControllerRig, FakeStore, service } from '../helpers/controller-rig.ts';
import { sampleOf } from '../helpers/exposition.ts';

async function read(rig: ControllerRig, ...names: string[]): Promise<(number | undefined)[]> {
  const { text } = await rig.metrics.scrape();
  return names.map((name) => sampleOf(text, `clarity_${name}`));
}

const results = ['success', 'requeue', 'requeue_after', 'error'].map((result) => `reconcile_total{result="${result}"}`);
const failures = ['reconcile_errors_total', 'terminal_reconcile_errors_total', 'workqueue_retries_total'];

describe('the metrics of reconciles', () => {
  it('tell a start that succeeds: actions were handed over, then there was nothing to do', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(2000);
    const [success, requeue, , error] = await read(rig, ...results);
    expect([success! > 0, requeue! > 0, error]).toEqual([true, true, 0]);
    expect(await read(rig, ...failures)).toEqual([0, 0, 0]);
    expect(await read(rig, 'max_concurrent_reconciles', 'active_workers', 'workqueue_depth')).toEqual([4, 0, 0]);
    const [looks, total] = await Promise.all([
      read(rig, 'reconcile_time_seconds_count'),
      read(rig, ...results).then((counts) => counts.reduce((sum, count) => sum! + count!, 0)),
    ]);
    expect(looks).toEqual([total]);
  });

  it('count an action that fails and is tried again as an error and a retry', async () => {
    const rig = await ControllerRig.start({ a: service('a') }, ({ driver }) => {
      driver.of('a').startError = new ClarityError('StartFailed', 'no');
    });
    await rig.run(500);
    expect(await read(rig, ...failures)).toEqual([1, 0, 1]);
    const [, , requeueAfter, error] = await read(rig, ...results);
    expect([requeueAfter! > 0, error]).toEqual([true, 1]);
  });

  it('count one that takes too long as a timeout too', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  reconcile: {timeout: 5s}\n') }, ({ driver }) => {
      driver.of('a').startMs = Number.POSITIVE_INFINITY;
    });
    await rig.run(5100);
    expect(await read(rig, 'reconcile_timeouts_total', ...failures)).toEqual([1, 1, 0, 1]);
  });

  it('count a look that finds a service Stalled as a terminal error, without a retry', async () => {
    const rig = await ControllerRig.start({ a: service('a') }, ({ driver }) => {
      driver.of('a').startError = new ClarityError('CommandNotFound', 'no such command');
    });
    await rig.run(500);
    const [errors, terminal, retries] = await read(rig, ...failures);
    expect([errors === terminal, terminal! > 0, retries]).toEqual([true, true, 0]);
    expect(await read(rig, results[3]!)).toEqual([errors]);
  });

  it('count a look that throws as an error and a retry', async () => {
    const store = new FakeStore();
    store.refuses = true;
    const rig = await ControllerRig.start({ a: service('a') }, () => undefined, store);
    await rig.run(10);
    const [errors, , retries] = await read(rig, ...failures);
    expect([errors! > 0, retries]).toEqual([true, errors]);
  });
});

describe('the metrics of services', () => {
  it('follow their status', async () => {
    const rig = await ControllerRig.start({ a: service('a'), b: service('b', '  autostart: false\n') });
    const names = ['service_ready{service="a"}', 'service_ready{service="b"}', 'service_restarts_total{service="a"}'];
    await rig.run(2000);
    expect(await read(rig, ...names)).toEqual([1, 0, 0]);
    rig.driver.crash('a');
    await rig.run(1);
    expect(await read(rig, ...names)).toEqual([0, 0, 0]);
    await rig.run(10_000);
    expect(await read(rig, ...names)).toEqual([1, 0, 1]);
  });

  it('end with them', async () => {
    const rig = await ControllerRig.start({ a: service('a'), b: service('b') });
    await rig.run(2000);
    await rig.controller.sources.refresh(undefined, { removed: [{ kind: 'MCPService', name: 'b' }] });
    await rig.run(5000);
    const { text } = await rig.metrics.scrape();
    expect([text.includes('service="a"'), text.includes('service="b"')]).toEqual([true, false]);
  });
});
