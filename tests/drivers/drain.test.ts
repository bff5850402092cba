import { describe, expect, it } from 'vitest';
import { InstanceDriver } from '../../src/drivers/instance-driver.ts';
import { resolvable } from '../../src/shared/resolvable.ts';
import { FakeClock } from '../helpers/clock.ts';
import { actContext, desiredOf, driverRig, faulty, stdioOrigin } from '../helpers/driver-rig.ts';

/** One running instance that has a call in flight until `idle` is resolved. */
async function busyInstance() {
  const clock = new FakeClock();
  const idle = resolvable();
  const ends: number[] = [];
  const upstream = { idle: () => idle.promise, activity: { inFlight: 1 } } as never;
  const stop = (graceMs: number) => Promise.resolve(void ends.push(graceMs));
  const driver = new InstanceDriver('local_stdio', clock, () =>
    Promise.resolve({ upstream, ended: new Promise(() => undefined), stop }),
  );
  const desired = desiredOf(stdioOrigin('x'));
  const ref = await driver.start(desired, actContext());
  return { clock, idle, ends, driver, desired, ref };
}
type Busy = Awaited<ReturnType<typeof busyInstance>>;
const settled = () => new Promise((resolve) => setImmediate(resolve));

const ENDS: Record<string, (busy: Busy) => unknown> = {
  'its calls are over': ({ idle }) => idle.resolve(),
  'the bound is over': ({ clock }) => clock.advance(500),
  'another stop does not wait': ({ driver, ref }) => driver.stop(ref, { ...actContext(), graceMs: 7 }),
  'another stop waits less': async ({ driver, ref, clock }) => {
    const stopped = driver.stop(ref, { ...actContext(), graceMs: 7, drainMs: 100 });
    clock.advance(100);
    await stopped;
  },
  'the driver closes': ({ driver }) => driver.close(7),
};

describe('an instance that is stopping with calls in flight', () => {
  it.each(Object.entries(ENDS))('ends when %s', async (_name, end) => {
    const busy = await busyInstance();
    const { clock, driver, ref, ends, desired } = busy;
    const stopped = driver.stop(ref, { ...actContext(), graceMs: 7, drainMs: 1000 });
    clock.advance(500);
    await settled();
    expect(ends).toEqual([]);
    expect(driver.observe(desired.identity)).toMatchObject([{ phase: 'stopping', activity: { inFlight: 1 } }]);
    await end(busy);
    await stopped;
    expect(ends).toEqual([7]);
    expect(driver.observe(desired.identity)).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('ends when the signal fires, whose owner waits no longer', async () => {
    const { clock, driver, ref, ends } = await busyInstance();
    const abort = new AbortController();
    const stopped = driver.stop(ref, { ...actContext(abort.signal), graceMs: 7, drainMs: 1000 });
    abort.abort(new Error('too long'));
    await expect(stopped).rejects.toThrow('too long');
    await settled();
    expect(ends).toEqual([7]);
    expect(clock.pending).toBe(0);
  });

  it('lets the same service start beside it', async () => {
    const { driver, ref, desired, idle } = await busyInstance();
    const stopped = driver.stop(ref, { ...actContext(), graceMs: 7, drainMs: 1000 });
    const second = await driver.start(desired, actContext());
    expect(driver.observe(desired.identity)).toMatchObject([
      { ref, phase: 'stopping' },
      { ref: second, phase: 'running' },
    ]);
    idle.resolve();
    await stopped;
  });

  it('ends when its process does', async () => {
    const rig = driverRig();
    const driver = rig.driver('local_stdio');
    const ref = await driver.start(desiredOf(faulty('')), actContext());
    const upstream = driver.connect(ref)!;
    const call = (name: string) => upstream.request('tools/call', { name, arguments: {} }, { timeoutMs: 60_000 });
    const lost = [call('hang'), call('die')].map((one) => expect(one).rejects.toMatchObject({ data: { sent: true } }));
    await driver.stop(ref, { ...actContext(), graceMs: 1000, drainMs: 60_000 });
    await Promise.all(lost);
    expect(driver.observe('probe')).toEqual([]);
    await rig.close();
  });
});
