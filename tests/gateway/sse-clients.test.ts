import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { CallToolResultSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { type GatewayServer, readFrames } from '../helpers/gateway-server.ts';
import { toldCall, toldGateway } from '../helpers/told-calls.ts';

/** Opens /sse: the address to post to, and the messages as they come. */
async function openSse(server: GatewayServer, headers: Record<string, string> = {}) {
  const leave = new AbortController();
  const response = await fetch(`${server.origin}/sse`, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leave.signal,
  });
  const [addresses, messages]: [string[], any[]] = [[], []];
  const ended = readFrames(response, ({ event, data }) => {
    if (event === 'endpoint') addresses.push(data);
    else messages.push(JSON.parse(data));
  }).catch(() => undefined);
  await expect.poll(() => addresses).toHaveLength(1);
  return { address: addresses[0]!, messages, ended, leave: () => leave.abort() };
}

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const initialize = (id: number, protocolVersion: unknown = '2024-11-05') => ({
  ...{ jsonrpc: '2.0', id, method: 'initialize' },
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '0' } },
});

describe('/sse', () => {
  it('serves a client of the SDK: lists, calls with progress, changes of lists', async () => {
    const { server, fleet, calls } = await toldGateway();
    const client = new Client({ name: 'test', version: '0' });
    onTestFinished(() => client.close());
    let changes = 0;
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      changes++;
    });
    await client.connect(new SSEClientTransport(new URL('/sse', server.origin)));
    expect(await client.listTools()).toMatchObject({ tools: [{ name: 's__t' }] });
    const heard: number[] = [];
    const call = { method: 'tools/call' as const, params: { name: 's__t' } };
    const result = client.request(call, CallToolResultSchema, { onprogress: ({ progress }) => heard.push(progress) });
    await expect.poll(() => calls.size).toBe(1);
    const [told] = calls.values();
    for (const at of [1, 2, 3]) told!.progress(at);
    // The SDK forgets whom to tell when the result comes with the same bytes.
    await expect.poll(() => heard).toEqual([1, 2, 3]);
    told!.answer({ content: [] });
    expect(await result).toEqual({ content: [] });
    fleet.changed({ identity: 's', tools: true, resources: false, prompts: false });
    await expect.poll(() => changes).toBe(1);
    expect(server.gateway.stats()).toMatchObject({ sessions: 1, streams: 1, inFlight: 0 });
    await client.close();
    await expect.poll(() => server.gateway.stats()).toMatchObject({ sessions: 0, streams: 0, inFlight: 0 });
  });

  it('takes messages only of its own principal, and its address opens no other door', async () => {
    const { server } = await toldGateway();
    const { address, messages } = await openSse(server);
    expect((await server.post(initialize(0), {}, address)).status).toBe(202);
    expect((await server.post(ping, { 'x-principal': 'mallory' }, address)).status).toBe(404);
    expect((await server.post(ping, {}, '/messages?sessionId=nobody')).status).toBe(404);
    expect((await server.post(ping, {}, '/messages')).status).toBe(404);
    const id = new URL(address, server.origin).searchParams.get('sessionId')!;
    expect((await server.post(ping, { 'mcp-session-id': id })).status).toBe(404);
    const accepted = await server.post(ping, {}, address);
    expect([accepted.status, await accepted.text()]).toEqual([202, '']);
    await expect.poll(() => messages).toMatchObject([{ id: 0, result: { protocolVersion: '2024-11-05' } }, { id: 1 }]);
    const streamable = await server.initialize();
    const foreign = `/messages?sessionId=${streamable['mcp-session-id']!}`;
    expect((await server.post(ping, {}, foreign)).status).toBe(404);
  });

  it('refuses what it cannot take: other verbs, batches, a second initialize, no JSON', async () => {
    const { server } = await toldGateway();
    const { address, messages } = await openSse(server);
    const verbs = await Promise.all([
      server.post(ping, {}, '/sse'),
      fetch(`${server.origin}/messages`),
      fetch(`${server.origin}/sse`, { method: 'HEAD' }),
    ]);
    expect(verbs.map(({ status, headers }) => [status, headers.get('allow')])).toEqual([
      [405, 'GET'],
      [405, 'POST'],
      [405, 'GET'],
    ]);
    expect((await fetch(`${server.origin}/sse`, { headers: { accept: 'application/json' } })).status).toBe(406);
    expect((await server.post(initialize(0, 1), {}, address)).status).toBe(202);
    await expect.poll(() => messages).toMatchObject([{ id: 0, error: { code: -32602 } }]);
    expect((await server.post(initialize(1), {}, address)).status).toBe(202);
    expect((await server.post(initialize(2), {}, address)).status).toBe(400);
    expect((await server.post([ping], {}, address)).status).toBe(400);
    expect((await server.post('{', {}, address)).status).toBe(400);
    expect((await server.post('x', { 'content-type': 'text/plain' }, address)).status).toBe(415);
  });

  it('ends its session with the stream, and the calls with the session', async () => {
    const { server, calls } = await toldGateway();
    const { address, leave } = await openSse(server);
    await server.post(initialize(0), {}, address);
    await server.post(toldCall('x'), {}, address);
    await expect.poll(() => calls.size).toBe(1);
    leave();
    await expect.poll(() => server.gateway.stats().sessions).toBe(0);
    calls.get('x')!.answer({});
    await expect.poll(() => server.gateway.stats()).toMatchObject({ sessions: 0, streams: 0, inFlight: 0 });
    expect((await server.post(ping, {}, address)).status).toBe(404);
  });

  it('goes on with a client that came back without a new initialize', async () => {
    const { server } = await toldGateway();
    const { address, messages } = await openSse(server);
    await server.post(ping, {}, address);
    await expect.poll(() => messages).toEqual([{ jsonrpc: '2.0', id: 1, result: {} }]);
  });

  it('lets a client go that says nothing, and is 429 where there are too many', async () => {
    const clock = new FakeClock();
    const { server } = await toldGateway({ clock, sessionsPerPrincipal: 2 });
    const [silent, talking] = [await openSse(server), await openSse(server)];
    await server.post(initialize(0), {}, talking.address);
    const refused = await fetch(`${server.origin}/sse`, { headers: { accept: 'text/event-stream' } });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    clock.advance(30_000);
    await silent.ended;
    expect(server.gateway.stats()).toMatchObject({ sessions: 1, streams: 1, inFlight: 0 });
    await openSse(server);
  });

  it('ends when the gateway closes', async () => {
    const { server, calls } = await toldGateway();
    const [silent, talking] = [await openSse(server), await openSse(server)];
    await server.post(toldCall('x'), {}, talking.address);
    await expect.poll(() => calls.size).toBe(1);
    await server.app.close();
    await Promise.all([silent.ended, talking.ended]);
    expect(talking.messages).toMatchObject([{ id: 'x', error: { code: -32000, data: { sent: true } } }]);
    expect(server.gateway.stats()).toMatchObject({ sessions: 0, streams: 0, inFlight: 0 });
  });
});
