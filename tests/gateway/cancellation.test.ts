import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ProgressServer } from '../helpers/progress-server.ts';
import { serverUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

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
