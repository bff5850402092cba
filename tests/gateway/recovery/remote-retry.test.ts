import { describe, expect, it } from 'vitest';
import { CircuitRig } from '../../helpers/circuit-rig.ts';
import { MET } from '../../helpers/fake-upstream.ts';
import { snapshotOf } from '../../helpers/served-fleet.ts';

/** A remote service with a read-only tool, whose connection fails so often. */
function remote(retry: { max: number; backoffMs: number }, failures: number): CircuitRig {
  const rig = new CircuitRig();
  const tools = [{ name: 'read', annotations: { idempotentHint: true } }, { name: 'write' }];
  rig.fleet.serve('notes', snapshotOf({ tools }), { retry }, rig.instance('first'));
  rig.clock.advance(1000); // the change of the list is told
  rig.answer = () => (rig.calls.length > failures ? MET.result() : MET.brokenConnection());
  return rig;
}

describe('origin.retry of a remote service', () => {
  it('makes a harmless call again on the same instance, with pauses that double', async () => {
    const rig = remote({ max: 2, backoffMs: 100 }, 2);
    const call = rig.call('read');
    for (const pauseMs of [100, 200]) {
      await expect.poll(() => rig.clock.nextAt).toBe(rig.clock.now() + pauseMs);
      rig.clock.advance(pauseMs);
    }
    expect(await call).toEqual({ content: [] });
    expect(rig.calls).toEqual(['first read', 'first read', 'first read']);
  });

  it('is over after so many tries', async () => {
    const rig = remote({ max: 1, backoffMs: 0 }, 9);
    const call = rig.call('read');
    await expect.poll(() => rig.clock.pending).toBe(1);
    rig.clock.advance(0);
    expect(await call).toMatchObject({ code: -32000, data: { sent: true } });
    expect(rig.calls).toHaveLength(2);
  });

  it('of 0 makes none, and neither does a tool that may write', async () => {
    const never = remote({ max: 0, backoffMs: 0 }, 1);
    expect(await never.call('read')).toHaveProperty('code');
    const writing = remote({ max: 3, backoffMs: 0 }, 1);
    expect(await writing.call('write')).toHaveProperty('code');
    expect([never.calls, writing.calls]).toEqual([['first read'], ['first write']]);
  });

  it('never pauses longer than 5 seconds', async () => {
    const rig = remote({ max: 1, backoffMs: 3_600_000 }, 1);
    const call = rig.call('read');
    await expect.poll(() => rig.clock.nextAt).toBe(rig.clock.now() + 5000);
    rig.clock.advance(5000);
    expect(await call).toEqual({ content: [] });
  });
});
