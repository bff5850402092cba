import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Upstream } from '../../src/reconcile/ports.ts';
import { ASKING_SERVER } from '../helpers/asking-server.ts';
import { actContext, desiredOf, driverRig, stdioOrigin, toolJson } from '../helpers/driver-rig.ts';
import { isAlive } from '../helpers/processes.ts';
import { TestClient } from '../helpers/test-client.ts';

const rig = driverRig();
afterAll(() => rig.close());

/** A running service with a process of its own for each of two clients, and a third that is being started. */
async function running() {
  const driver = rig.driver('local_stdio');
  const desired = desiredOf(stdioOrigin(process.execPath, [ASKING_SERVER]));
  const ref = await driver.start(desired, actContext());
  const upstream: Upstream = driver.connect(ref)!;
  const pidOf = async (client: TestClient): Promise<number> => {
    const options = { timeoutMs: 20_000, caller: client.caller(), session: 'perClient' } as const;
    const { pid } = toolJson(await upstream.request('tools/call', { name: 'who', arguments: {} }, options));
    return pid as number;
  };
  const pids = await Promise.all(['a', 'b', 'a'].map((id) => pidOf(new TestClient(id))));
  const main = driver.observe('probe')[0]!.pid!;
  expect(new Set([main, ...pids]).size).toBe(3);
  const starting = pidOf(new TestClient('c')).catch(() => 0);
  return { driver, ref, main, pids, starting };
}

describe('processes of clients', () => {
  it.each([0, 2000])('are gone when the instance is stopped with %i ms of grace', async (graceMs) => {
    const { driver, ref, main, pids, starting } = await running();
    await driver.stop(ref, { ...actContext(), graceMs });
    expect([main, ...pids, await starting].filter((pid) => pid > 0 && isAlive(pid))).toEqual([]);
  });

  it('are gone when the main one is killed from outside', async () => {
    const { driver, ref, main, pids, starting } = await running();
    process.kill(main, 'SIGKILL');
    await starting;
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 20 });
    await driver.stop(ref, { ...actContext(), graceMs: 0 });
  });
});
