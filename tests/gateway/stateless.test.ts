import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

describe('a POST without a session', () => {
  it('is served whatever it accepts, as JSON, as by the original', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    for (const accept of ['*/*', 'application/json', 'text/plain']) {
      const response = await server.post({ jsonrpc: '2.0', id: 'a', method: 'ping' }, { accept });
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.json()).toEqual({ jsonrpc: '2.0', id: 'a', result: {} });
    }
    expect(server.gateway.stats().sessions).toBe(0);
  });

  it('answers notifications and responses with 202', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    expect((await server.post({ jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(202);
    expect((await server.post({ jsonrpc: '2.0', id: 1, result: {} })).status).toBe(202);
  });

  it('answers an unknown method, and the probe of the modern era, with -32601', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    for (const method of ['no/such', 'constructor', 'of/tomorrow'])
      expect(await server.call(method)).toMatchObject({ id: 1, error: { code: -32601 } });
    expect(await server.call('server/discover', {}, { 'mcp-protocol-version': '2026-07-28' })).toMatchObject({
      error: { code: -32601 },
    });
  });

  it('drops progress where the caller did not name event streams, and still answers', async () => {
    const real = await everythingUpstream('every');
    const fleet = new ServedFleet();
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet);
    const params = {
      name: 'every__trigger-long-running-operation',
      arguments: { duration: 0.2, steps: 2 },
      _meta: { progressToken: 1 },
    };
    const answer = await server.call('tools/call', params, { accept: '*/*' });
    expect(answer.result.content[0].text).toContain('completed');
    await real.close();
  });

  it('is cancelled when its client goes away', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet);
    const away = new AbortController();
    const params = { name: 'every__trigger-long-running-operation', arguments: { duration: 25, steps: 1 } };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    const headers = { 'content-type': 'application/json' };
    const pending = fetch(`${server.origin}/mcp`, { method: 'POST', headers, body, signal: away.signal });
    await expect.poll(() => server.gateway.stats().inFlight).toBe(1);
    away.abort();
    await expect(pending).rejects.toThrow();
    await expect.poll(() => server.gateway.stats().inFlight).toBe(0);
    expect(server.faults).toEqual([]);
    await real.close();
  });
});
