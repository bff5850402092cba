import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });

describe('a batch', () => {
  it('is served in a session of 2025-03-26 only', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const old = await server.initialize('2025-03-26');
    const response = await server.post([ping(1), { jsonrpc: '2.0', method: 'notifications/x' }, ping(2)], old);
    expect(await response.json()).toEqual([
      { jsonrpc: '2.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 2, result: {} },
    ]);
    const current = await server.initialize('2025-06-18');
    const refused = await server.post([ping(1)], current);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ id: null, error: { code: -32600 } });
  });

  it('of notifications is 202; one that is empty or too long is 400; initialize has no place in it', async () => {
    const server = await GatewayServer.start(new ServedFleet(), { batchMessages: 3 });
    const old = await server.initialize('2025-03-26');
    expect((await server.post([{ jsonrpc: '2.0', method: 'notifications/x' }], old)).status).toBe(202);
    expect((await server.post([], old)).status).toBe(400);
    expect((await server.post([1, 2, 3, 4].map(ping), old)).status).toBe(400);
    const opening = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-03-26' } };
    expect(await (await server.post([opening], old)).json()).toMatchObject([{ id: 1, error: { code: -32601 } }]);
  });
});
