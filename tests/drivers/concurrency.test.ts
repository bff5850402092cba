import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/drivers/gate.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { FakeClock } from '../helpers/clock.ts';

describe('the gate', () => {
  it('admits so many at once and the others in their order', async () => {
    const gate = new Gate(new FakeClock(), 2, 10);
    const order: number[] = [];
    const leaves = [await gate.enter(1000, undefined), await gate.enter(1000, undefined)];
    const waiting = [3, 4].map((n) => gate.enter(1000, undefined).then((leave) => (order.push(n), leave)));
    await Promise.resolve();
    expect(order).toEqual([]);
    leaves[0]!();
    leaves[0]!(); // twice is once
    await waiting[0];
    expect(order).toEqual([3]);
    leaves[1]!();
    await waiting[1];
    expect(order).toEqual([3, 4]);
  });

  it('refuses at once where the queue is full', async () => {
    const gate = new Gate(new FakeClock(), 1, 1);
    await gate.enter(1000, undefined);
    const waiting = gate.enter(1000, undefined);
    await expect(gate.enter(1000, undefined)).rejects.toMatchObject({ code: RPC.overloaded, data: { sent: false } });
    gate.close(new RpcError(RPC.unavailable, 'gone', { sent: false }));
    await expect(waiting).rejects.toMatchObject({ code: RPC.unavailable });
  });

  it('lets nobody wait for longer than they would', async () => {
    const clock = new FakeClock();
    const gate = new Gate(clock, 1, 10);
    const leave = await gate.enter(1000, undefined);
    const late = gate.enter(500, undefined);
    const abort = new AbortController();
    const bored = gate.enter(1000, abort.signal);
    clock.advance(500);
    abort.abort();
    await expect(late).rejects.toMatchObject({ code: RPC.overloaded });
    await expect(bored).rejects.toMatchObject({ code: RPC.timeout, data: { sent: false } });
    leave();
    await expect(gate.enter(1, undefined)).resolves.toBeTypeOf('function');
    expect(clock.pending).toBe(0);
  });
});
