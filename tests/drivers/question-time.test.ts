import { expect, it } from 'vitest';
import type { ChannelListener } from '../../src/drivers/channel.ts';
import { Gate } from '../../src/drivers/gate.ts';
import { Session } from '../../src/drivers/session.ts';
import { RPC, type RpcMessage } from '../../src/shared/json-rpc.ts';
import { FakeClock } from '../helpers/clock.ts';
import { TestClient } from '../helpers/test-client.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A call of a client that answers when the test says, over a channel that the test speaks into. */
async function asking() {
  const clock = new FakeClock();
  const sent: RpcMessage[] = [];
  let server!: ChannelListener;
  const channel = {
    listen: (listener: ChannelListener) => void (server = listener),
    send: (message: RpcMessage) => Promise.resolve(void sent.push(message)),
  };
  const answers: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const client = new TestClient('a', { roots: {} }, (_method, _params, signal) => {
    signals.push(signal);
    return new Promise((resolve) => answers.push(() => resolve({ roots: [] })));
  });
  const represented = {
    capabilities: client.capabilities,
    capabilityKey: '',
    sole: () => undefined,
    bind: () => undefined,
  };
  const gate = new Gate(clock, 8, 8);
  const session = new Session(channel, { clock, gate, represented, log: () => undefined });
  const call = session.request('tools/call', { name: 'x' }, { timeoutMs: 1000, caller: client.caller() });
  const outcome = call.then(
    () => 'answered',
    (error: unknown) => (error as { code: number }).code,
  );
  await settled();
  const ask = async (id: string) => {
    server.message({ jsonrpc: '2.0', id, method: 'roots/list' });
    await settled();
  };
  const answer = async (nth = 0) => {
    answers[nth]!();
    await settled();
  };
  const replies = () => sent.filter((message) => !('method' in message));
  return { clock, session, server, client, signals, outcome, ask, answer, replies };
}

it('the idle time of a call rests while its client is asked, however often', async () => {
  const { clock, outcome, ask, answer, server } = await asking();
  await ask('one');
  await ask('two');
  clock.advance(5000);
  await answer(0);
  clock.advance(3000);
  await answer(1);
  clock.advance(999);
  server.message({ jsonrpc: '2.0', id: 1, result: {} });
  expect(await outcome).toBe('answered');
  expect(clock.pending).toBe(0);
});

it('it begins anew with the answer', async () => {
  const { clock, outcome, ask, answer } = await asking();
  await ask('one');
  clock.advance(5000);
  await answer();
  clock.advance(1000);
  expect(await outcome).toBe(RPC.timeout);
});

it('the total of a call does not rest, and its end is that of the question', async () => {
  const { clock, outcome, ask, signals, replies } = await asking();
  await ask('one');
  clock.advance(10_000);
  expect(await outcome).toBe(RPC.timeout);
  await settled();
  expect(signals[0]!.aborted).toBe(true);
  expect(replies()).toMatchObject([{ id: 'one', error: { code: RPC.timeout } }]);
});

it('a server that takes its question back gets no answer', async () => {
  const { server, ask, signals, replies, answer } = await asking();
  await ask('one');
  server.message({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'one' } });
  await answer();
  expect(signals[0]!.aborted).toBe(true);
  expect(replies()).toEqual([]);
});

it('64 questions can be pending, each under an id of its own', async () => {
  const { ask, client, replies } = await asking();
  for (let nth = 0; nth < 64; nth++) await ask(`q${nth}`);
  await ask('q0');
  await ask('one more');
  expect(client.asked).toHaveLength(64);
  expect(replies()).toMatchObject([
    { id: 'q0', error: { code: RPC.invalidRequest } },
    { id: 'one more', error: { code: RPC.overloaded } },
  ]);
});

it('the end of the connection is that of every question', async () => {
  const { ask, server, signals, outcome } = await asking();
  await ask('one');
  server.closed('it went away');
  expect(signals[0]!.aborted).toBe(true);
  expect(await outcome).toBe(RPC.unavailable);
});
