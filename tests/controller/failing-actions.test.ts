import { describe, expect, it } from 'vitest';

import { ClarityError } from '../../src/shared/errors.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { ControllerRig, FakeStore, service } from '../helpers/controller-rig.ts';

const starts = (rig: ControllerRig, name = 'a') => rig.driver.calls.filter((call) => call === `start ${name}`).length;
const never = Number.POSITIVE_INFINITY;

describe('an action that fails', () => {
  it('as a start is tried again with growing pauses, and quarantined at the limit', async () => {
    const rig = await ControllerRig.start({ a: service('a') }, ({ driver }) => {
      driver.of('a').startError = new ClarityError('StartFailed', 'no');
    });
    await rig.run(2000);
    expect([rig.condition('a'), starts(rig)]).toEqual(['False:CrashLoopBackOff', 2]);
    await rig.run(60_000);
    expect([rig.condition('a'), starts(rig)]).toEqual(['False:CrashLoop', 5]);
  });

  it('as a start that never ends is a ReconcileTimeout, and is tried again', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  reconcile: {timeout: 5s}\n') }, ({ driver }) => {
      driver.of('a').startMs = never;
    });
    await rig.run(5500);
    expect(rig.entry('a').row.memory.lastFailure?.reason).toBe('ReconcileTimeout');
    expect(rig.driver.observe('a')).toEqual([]);
    rig.driver.of('a').startMs = 100;
    await rig.run(5000);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('as a first look at the lists stops the instance, backs off and starts another', async () => {
    const rig = await ControllerRig.start({ a: service('a') }, ({ driver }) => {
      driver.of('a').listError = new RpcError(RPC.internalError, 'boom');
    });
    await rig.run(500);
    expect(rig.driver.observe('a')).toEqual([]);
    expect(rig.entry('a').row.memory.lastFailure?.reason).toBe('IntrospectFailed');
    delete rig.driver.of('a').listError;
    await rig.run(3000);
    expect([rig.condition('a'), starts(rig)]).toEqual(['True:Serving', 2]);
  });

  it('as a first look that never ends does the same: the instance is no use', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  reconcile: {timeout: 5s}\n') }, ({ driver }) => {
      driver.of('a').listMs = never;
    });
    await rig.run(5400);
    expect(rig.driver.observe('a')).toEqual([]);
    rig.driver.of('a').listMs = 10;
    await rig.run(5000);
    expect([rig.condition('a'), starts(rig)]).toEqual(['True:Serving', 2]);
  });

  it('as a later look keeps the last interface and the instance', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  reconcile: {timeout: 5s}\n') });
    await rig.run(2000);
    rig.driver.of('a').listMs = never;
    rig.driver.listChanged('a');
    await rig.run(10_000);
    expect([rig.condition('a'), starts(rig)]).toEqual(['True:Serving', 1]);
    expect(rig.entry('a').interface?.tools).toHaveLength(1);
  });

  it('as probes in a row replaces the instance', async () => {
    const rig = await ControllerRig.start({ a: service('a', '  probe: {intervalSeconds: 10, failureThreshold: 2}\n') });
    await rig.run(1000);
    rig.driver.of('a').pingError = new RpcError(RPC.timeout, 'silence');
    await rig.run(13_000);
    expect([rig.condition('a'), rig.condition('a', 'Healthy')]).toEqual(['True:Serving', 'False:ProbeTimeout']);
    await rig.run(12_000);
    delete rig.driver.of('a').pingError;
    await rig.run(5000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.entry('a').status?.restarts).toBe(1);
  });

  it('as a stop is tried again, but not in a tight loop', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.driver.of('a').stopError = new ClarityError('Internal', 'does not end');
    rig.source.set({ a: service('a', '  enabled: false\n') });
    await rig.run(10_000);
    const stops = rig.driver.calls.filter((call) => call === 'stop a').length;
    expect(stops).toBeGreaterThan(2);
    expect(stops).toBeLessThan(10);
    delete rig.driver.of('a').stopError;
    await rig.run(20_000);
    expect(rig.condition('a')).toBe('False:Stopped');
  });

  it('as a server that dies while its lists are read counts once', async () => {
    const rig = await ControllerRig.start({ a: service('a') }, ({ driver }) => {
      driver.of('a').listMs = 1000;
    });
    await rig.run(500);
    rig.driver.crash('a');
    await rig.run(1000);
    expect(rig.entry('a').row.memory).toMatchObject({ streak: 1, lastFailure: { reason: 'Restart' } });
  });
});

describe('many at once', () => {
  it('starts that hang do not keep others from being stopped', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`h${String(i)}`, service(`h${String(i)}`)]));
    const rig = await ControllerRig.start({ good: service('good') }, ({ driver }) => {
      for (const name of Object.keys(files)) driver.of(name).startMs = never;
    });
    await rig.run(1000);
    rig.source.set(files);
    await rig.run(1000);
    expect(rig.driver.calls.filter((call) => call.startsWith('start h'))).toHaveLength(8);
    rig.source.set({ good: service('good', '  enabled: false\n') });
    await rig.run(1000);
    expect(rig.condition('good')).toBe('False:Stopped');
  });

  it('shutdown ends starts in flight, and starts nothing more', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `h${String(i)}`);
    const rig = await ControllerRig.start(
      Object.fromEntries(names.map((name) => [name, service(name)])),
      ({ driver }) => {
        for (const name of names) driver.of(name).startMs = never;
      },
    );
    await rig.run(1000);
    await rig.stop();
    expect(names.flatMap((name) => rig.driver.observe(name))).toEqual([]);
    expect(rig.driver.calls.filter((call) => call.startsWith('start'))).toHaveLength(8);
  });
});

describe('a store that refuses', () => {
  it('stops no service, and gets everything once it takes writes again', async () => {
    const store = new FakeStore();
    store.refuses = true;
    const rig = await ControllerRig.start({ a: service('a') }, () => undefined, store);
    await rig.run(5000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(store.rows.size).toBe(0);
    store.refuses = false;
    await rig.run(70_000);
    expect(store.rows.get('a')?.status?.lifecycle).toBe('RUNNING');
  });
});
