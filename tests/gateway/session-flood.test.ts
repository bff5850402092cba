import { expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';
import { sized } from '../helpers/size.ts';

const opening = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } },
};

it('a flood of sessions is refused with 429: one principal at half, everybody at the whole', async () => {
  const [sessions, half] = [sized(20, 2000), sized(10, 1000)];
  const server = await GatewayServer.start(new ServedFleet(), { sessions, sessionsPerPrincipal: half });
  const open = async (principal: string) => {
    const response = await server.post(opening, { 'x-principal': principal });
    await response.text();
    return response;
  };
  for (let count = 0; count < half; count++) expect((await open('greedy')).status).toBe(200);
  const refused = await open('greedy');
  expect([refused.status, refused.headers.get('mcp-session-id')]).toEqual([429, null]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  for (let count = 0; count < half; count++) expect((await open('other')).status).toBe(200);
  expect((await open('third')).status).toBe(429);
  expect(server.gateway.stats().sessions).toBe(sessions);
  expect((await server.call('ping')).result).toEqual({});
});

it('a session that ends makes room', async () => {
  const server = await GatewayServer.start(new ServedFleet(), { sessions: 1 });
  const session = await server.initialize();
  expect((await server.post(opening)).status).toBe(429);
  await fetch(`${server.origin}/mcp`, { method: 'DELETE', headers: session });
  expect((await server.post(opening)).status).toBe(200);
});

it('where there is no room, the session of the same principal that was idle longest ends, but none that is in use', async () => {
  const clock = new FakeClock();
  const server = await GatewayServer.start(new ServedFleet(), { clock, sessions: 3, sessionSpareMs: 1000 });
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const other = await server.initialize('2025-11-25', { 'x-principal': 'other' });
  const [listening, idle] = [await server.initialize(), await server.initialize()];
  await server.listen(listening);
  clock.advance(999);
  expect((await server.post(opening)).status).toBe(429);
  clock.advance(1);
  expect((await server.post(opening)).status).toBe(200);
  expect((await server.post(opening)).status).toBe(429);
  const statuses = await Promise.all([other, listening, idle].map(async (of) => (await server.post(ping, of)).status));
  expect(statuses).toEqual([200, 200, 404]);
});
