import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { eventsOf, GatewayServer } from '../helpers/gateway-server.ts';
import { ProgressServer } from '../helpers/progress-server.ts';
import { serverUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

/** Asks for the session's stream and then reads nothing of it. */
function deafReader(server: GatewayServer, session: Record<string, string>): Socket {
  const { hostname, port } = new URL(server.origin);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.pause();
  socket.write(
    `GET /mcp HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nmcp-session-id: ${session['mcp-session-id']!}\r\n\r\n`,
  );
  return socket;
}

describe('a stream', () => {
  it('that is quiet gets comments', async () => {
    const clock = new FakeClock();
    const server = await GatewayServer.start(new ServedFleet(), { clock });
    const session = await server.initialize();
    const headers = { ...session, accept: 'text/event-stream' };
    const reader = (await fetch(`${server.origin}/mcp`, { headers })).body!.getReader();
    const text = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await text()).toBe('id: 0-0-1\nretry: 1000\ndata: \n\n');
    clock.advance(25_000);
    expect(await text()).toBe(': keep-alive\n\n');
    clock.advance(25_000);
    expect(await text()).toBe(': keep-alive\n\n');
    await reader.cancel();
  });

  it('is what a call becomes that takes long', async () => {
    const clock = new FakeClock();
    const fleet = new ServedFleet();
    const upstream = new ProgressServer();
    await fleet.add('p', await serverUpstream('p', upstream.mcp));
    const server = await GatewayServer.start(fleet, { clock });
    const session = await server.initialize();
    const call = { jsonrpc: '2.0', id: 'x', method: 'tools/call', params: { name: 'p__hang' } };
    const pending = server.post(call, session);
    await expect.poll(() => upstream.hanging.length).toBe(1);
    clock.advance(10_000);
    const response = await pending;
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await fetch(`${server.origin}/mcp`, { method: 'DELETE', headers: session });
    expect(await eventsOf(response)).toMatchObject([{ id: 'x', error: { code: -32000 } }]);
  });

  it('ends when the gateway closes, with an answer to what was in flight', async () => {
    const fleet = new ServedFleet();
    const upstream = new ProgressServer();
    await fleet.add('p', await serverUpstream('p', upstream.mcp));
    const server = await GatewayServer.start(fleet, { streamAfterMs: 0 });
    const session = await server.initialize();
    const { ended } = await server.listen(session);
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'p__hang' } };
    const response = await server.post(call, session);
    const stateless = server.call('tools/call', { name: 'p__hang' }, { accept: '*/*' });
    await expect.poll(() => upstream.hanging.length).toBe(2);
    const deaf = deafReader(server, await server.initialize());
    await expect.poll(() => server.gateway.stats().streams).toBe(3);
    const closed = server.app.close();
    await ended;
    expect(await eventsOf(response)).toMatchObject([{ id: 1, error: { code: -32000, data: { sent: true } } }]);
    expect(await stateless).toMatchObject({ error: { code: -32000 } });
    await closed;
    expect(server.gateway.stats()).toMatchObject({ sessions: 0, streams: 0, inFlight: 0 });
    await server.gateway.close();
    deaf.destroy();
  });
});
