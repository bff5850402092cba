import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

describe('a session', () => {
  it('is opened by initialize, used by its id and ended by DELETE', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const session = await server.initialize();
    expect(session['mcp-session-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await (await server.post(ping, session)).json()).toEqual({ jsonrpc: '2.0', id: 1, result: {} });

    const ended = await fetch(`${server.origin}/mcp`, { method: 'DELETE', headers: session });
    expect(ended.status).toBe(204);
    const after = await server.post(ping, session);
    expect(after.status).toBe(404);
    expect(await after.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32600 } });
    expect(server.gateway.stats().sessions).toBe(0);
  });

  it('is unknown to another principal, at another endpoint and under an id of nobody', async () => {
    const fleet = new ServedFleet();
    fleet.serve('one', snapshotOf({}));
    const server = await GatewayServer.start(fleet);
    const session = await server.initialize();
    expect((await server.post(ping, { ...session, 'x-principal': 'mallory' })).status).toBe(404);
    expect((await server.post(ping, session, '/mcp/s/one')).status).toBe(404);
    expect((await server.post(ping, { 'mcp-session-id': 'nobody' })).status).toBe(404);
    expect((await server.post(ping, session)).status).toBe(200);
  });

  it('takes notifications and responses with 202 and no body', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const session = await server.initialize();
    for (const message of [
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', method: 'notifications/of-tomorrow' },
      { jsonrpc: '2.0', id: 7, result: {} },
      { jsonrpc: '2.0', id: 8, error: { code: 1, message: 'no' } },
    ]) {
      const response = await server.post(message, session);
      expect([response.status, await response.text()]).toEqual([202, '']);
    }
  });

  it('ends when nobody used it for its idle time, but not while its stream is open', async () => {
    const clock = new FakeClock();
    const server = await GatewayServer.start(new ServedFleet(), { clock, sessionIdleMs: 1000 });
    const quiet = await server.initialize();
    const watched = await server.initialize();
    await server.listen(watched);
    clock.advance(999);
    expect(server.gateway.stats().sessions).toBe(2);
    clock.advance(1001);
    expect(server.gateway.stats().sessions).toBe(1);
    expect((await server.post(ping, quiet)).status).toBe(404);
    expect((await server.post(ping, watched)).status).toBe(200);
  });

  it('has one standalone stream at a time', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const session = await server.initialize();
    const accept = { accept: 'text/event-stream' };
    const first = new AbortController();
    const stream = await fetch(`${server.origin}/mcp`, { headers: { ...session, ...accept }, signal: first.signal });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${server.origin}/mcp`, { headers: { ...session, ...accept } })).status).toBe(409);
    first.abort();
    await expect.poll(() => server.gateway.stats().streams).toBe(0);
    await server.listen(session);
    expect(server.gateway.stats().streams).toBe(1);
  });

  it('may not use one id for two calls in flight', async () => {
    const fleet = new ServedFleet();
    fleet.serve('slow', snapshotOf({ tools: [{ name: 'wait' }] }), {}, neverAnswering);
    const server = await GatewayServer.start(fleet);
    const session = await server.initialize();
    const call = { jsonrpc: '2.0', id: '', method: 'tools/call', params: { name: 'slow__wait' } };
    const first = server.post(call, session);
    await expect.poll(() => server.gateway.stats().inFlight).toBe(1);
    expect(await (await server.post(call, session)).json()).toMatchObject({ id: '', error: { code: -32600 } });
    await fetch(`${server.origin}/mcp`, { method: 'DELETE', headers: session });
    expect(await (await first).json()).toMatchObject({ id: '', error: { code: -32000, data: { sent: true } } });
  });
});

const neverAnswering = {
  ref: { identity: 'slow', runHash: '', id: '' },
  server: { protocolVersion: '', capabilities: {}, serverInfo: {} },
  request: (_method: string, _params: unknown, { signal }: { signal?: AbortSignal }) =>
    new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
  notify: async () => undefined,
  onNotification: () => () => undefined,
  activity: { inFlight: 0 },
};
