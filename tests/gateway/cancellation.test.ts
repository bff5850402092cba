import { describe, expect, it } from 'vitest';
import { AskedClient } from '../helpers/asked-client.ts';
import { turningUpstream } from '../helpers/fake-upstream.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ProgressServer } from '../helpers/progress-server.ts';
import { serverUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

async function hangingGateway() {
  const fleet = new ServedFleet();
  const upstream = new ProgressServer();
  await fleet.add('p', await serverUpstream('p', upstream.mcp));
  return { server: await GatewayServer.start(fleet), upstream };
}

const hang = (label: string) => ({
  jsonrpc: '2.0',
  id: 5,
  method: 'tools/call',
  params: { name: 'p__hang', arguments: { label } },
});
const cancel = (requestId: unknown) => ({
  jsonrpc: '2.0',
  method: 'notifications/cancelled',
  params: { requestId, reason: 'enough' },
});

describe('cancellation', () => {
  it('ends the call of that session only, upstream too, and nothing is answered to it', async () => {
    const { server, upstream } = await hangingGateway();
    const [left, right] = await Promise.all([server.initialize(), server.initialize()]);
    const first = server.post(hang('left'), left);
    const second = server.post(hang('right'), right);
    await expect.poll(() => upstream.hanging.length).toBe(2);

    for (const ignored of ['5', 6, null, {}]) await server.post(cancel(ignored), left);
    expect((await server.post(cancel(5), left)).status).toBe(202);
    const answer = await first;
    expect([answer.status, await answer.text()]).toEqual([202, '']);
    await expect.poll(() => upstream.cancelled).toEqual(['left']);
    expect(server.gateway.stats().inFlight).toBe(1);

    await server.post(cancel(5), right);
    await second;
    const after = await server.post({ jsonrpc: '2.0', id: 5, method: 'ping' }, left);
    expect(await after.json()).toEqual({ jsonrpc: '2.0', id: 5, result: {} });
    expect(server.faults).toEqual([]);
  });

  it('leaves the session whole: it is asked, and told of changes, as before', async () => {
    const fleet = new ServedFleet();
    const cancelled: unknown[] = [];
    const upstream = turningUpstream('s', async (caller, params, { signal }) => {
      if (params.name === 'ask') return caller.ask('sampling/createMessage', {}, new AbortController().signal);
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          cancelled.push(params.name);
          reject(new Error('cancelled'));
        });
      });
    });
    const tools = [{ name: 'hang' }, { name: 'ask' }];
    fleet.serve('s', snapshotOf({ tools }), {}, upstream);
    const server = await GatewayServer.start(fleet, { listChangedMs: 1 });
    const client = await AskedClient.open(server, { answer: () => ({ result: { content: [], said: 'yes' } }) });
    await client.listen();
    const hanging = client.call('s__hang', {}, 5);
    await expect.poll(() => server.gateway.stats().inFlight).toBe(1);
    await client.send(cancel(5));
    expect(await hanging).toEqual([]);
    await expect.poll(() => cancelled).toEqual(['hang']);
    expect((await client.call('s__ask', {}, 5)).at(-1)).toMatchObject({ id: 5, result: { said: 'yes' } });
    fleet.serve('s', snapshotOf({ tools: tools.slice(1) }), {}, upstream);
    await expect.poll(() => client.heard.at(-1)?.method).toBe('notifications/tools/list_changed');
  });

  it('is not what a lost connection means in a session', async () => {
    const { server, upstream } = await hangingGateway();
    const session = await server.initialize();
    let lostConnections = 0;
    server.app.server.on('request', ({ socket }) => socket.once('close', () => lostConnections++));
    const lost = new AbortController();
    const headers = { ...session, 'content-type': 'application/json', accept: '*/*' };
    const body = JSON.stringify(hang('x'));
    const pending = fetch(`${server.origin}/mcp`, { method: 'POST', headers, body, signal: lost.signal });
    await expect.poll(() => upstream.hanging).toEqual(['x']);
    lost.abort();
    await expect(pending).rejects.toThrow();
    await expect.poll(() => lostConnections).toBe(1);
    expect([upstream.cancelled, server.gateway.stats().inFlight]).toEqual([[], 1]);
    await server.post(cancel(5), session);
    await expect.poll(() => upstream.cancelled).toEqual(['x']);
  });
});
