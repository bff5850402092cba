import { expect, it } from 'vitest';
import { Turns } from '../../src/drivers/turns.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { FakeClock } from '../helpers/clock.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function rig() {
  const clock = new FakeClock();
  const turns = new Turns(clock, 2);
  const inside: string[] = [];
  const enter = async (client: string, ahead = false) => {
    const leave = await turns.enter(client, ahead, 1000, undefined);
    inside.push(client);
    return leave;
  };
  return { clock, turns, inside, enter };
}

it('calls of all clients overlap until the server asks', async () => {
  const { enter, inside } = rig();
  await Promise.all([enter('a'), enter('b'), enter('a')]);
  expect(inside).toEqual(['a', 'b', 'a']);
});

it('one client has the turn at a time, in the order of asking; its calls overlap', async () => {
  const { turns, enter, inside, clock } = rig();
  turns.oneByOne();
  const [first, second] = [await enter('a'), await enter('a')];
  const waiting = [enter('b'), enter('a')];
  first();
  first(); // twice is once
  await settled();
  expect(inside).toEqual(['a', 'a']);
  second();
  (await waiting[0])!();
  await waiting[1];
  expect(inside).toEqual(['a', 'a', 'b', 'a']);
  expect(clock.pending).toBe(0);
});

it('what a client calls while it is asked does not wait for those who wait for it', async () => {
  const { turns, enter, inside } = rig();
  turns.oneByOne();
  await enter('a');
  const other = expect(enter('b', true)).rejects.toMatchObject({ code: RPC.unavailable });
  await enter('a', true);
  expect(inside).toEqual(['a', 'a']);
  turns.close(new RpcError(RPC.unavailable, 'gone', { sent: false }));
  await other;
});

it('what overlapped before ends before another client has the turn', async () => {
  const { turns, enter, inside } = rig();
  const leaves = [await enter('a'), await enter('b')];
  turns.oneByOne();
  const waiting = enter('a');
  leaves[0]!();
  await settled();
  expect(inside).toEqual(['a', 'b']);
  leaves[1]!();
  await waiting;
  expect(inside).toEqual(['a', 'b', 'a']);
});

it('nobody waits longer than they would, nor behind too many', async () => {
  const { turns, enter, clock } = rig();
  turns.oneByOne();
  await enter('a');
  const late = [enter('b'), enter('c')].map((one) => expect(one).rejects.toMatchObject({ code: RPC.overloaded }));
  await expect(enter('d')).rejects.toMatchObject({ code: RPC.overloaded, data: { sent: false } });
  clock.advance(1000);
  await Promise.all(late);
});
