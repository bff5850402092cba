import { describe, expect, it } from 'vitest';
import { sleepOperations } from '../../src/drivers/wasm/outside/sleep.ts';
import type { OutsideCall } from '../../src/drivers/wasm/outside/operation.ts';
import { FakeClock } from '../helpers/clock.ts';

function sleeper() {
  const clock = new FakeClock();
  const end = new AbortController();
  const { run } = sleepOperations(clock).sleep!;
  return { clock, end, sleep: (ms: bigint) => run([ms], { signal: end.signal } as OutsideCall) };
}

describe('sleep of a wasm service', () => {
  it('takes its time', async () => {
    const { clock, sleep } = sleeper();
    const slept = sleep(1500n);
    expect(clock.nextAt! - clock.now()).toBe(1500);
    clock.advance(1500);
    expect(await slept).toBeUndefined();
  });

  it('ends with the call, and leaves no timer', async () => {
    const { clock, end, sleep } = sleeper();
    const slept = sleep(2n ** 63n - 1n);
    end.abort();
    await slept;
    expect(clock.pending).toBe(0);
  });

  it('returns at once for 0 and below', async () => {
    const { clock, sleep } = sleeper();
    for (const ms of [0n, -1n, -(2n ** 63n)]) await sleep(ms);
    expect(clock.pending).toBe(0);
  });
});
