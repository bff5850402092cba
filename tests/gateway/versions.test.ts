import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const initialize = (protocolVersion: unknown) => ({
  protocolVersion,
  capabilities: {},
  clientInfo: { name: 'test', version: '0' },
});

describe('the protocol version', () => {
  it.each([
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['2025-03-26', '2025-03-26'],
    ['2024-11-05', '2024-11-05'],
    ['2026-07-28', '2025-11-25'],
    ['1999-01-01', '2025-11-25'],
  ])('%s is answered with %s', async (asked, answered) => {
    const server = await GatewayServer.start(new ServedFleet());
    const { result } = await server.call('initialize', initialize(asked));
    expect(result).toEqual({
      protocolVersion: answered,
      capabilities: { tools: { listChanged: true } },
      serverInfo: { name: 'clarity-runtime', title: 'Clarity Runtime', version: '1.2.3' },
    });
  });

  it('that is no text is -32602 and opens no session', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    expect(await server.call('initialize', initialize(3))).toMatchObject({ id: 1, error: { code: -32602 } });
    expect(await server.call('initialize')).toMatchObject({ error: { code: -32602 } });
    expect(server.gateway.stats().sessions).toBe(0);
  });

  it('of the header must be one we speak', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const session = await server.initialize();
    for (const headers of [{}, session]) {
      const refused = await server.post(ping, { ...headers, 'mcp-protocol-version': '2026-07-28' });
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { data: { requested: '2026-07-28' } } });
      expect((await server.post(ping, { ...headers, 'mcp-protocol-version': '2025-06-18' })).status).toBe(200);
    }
  });

  it('comes with the capabilities that some service has', async () => {
    const fleet = new ServedFleet();
    fleet.serve('a', snapshotOf({ capabilities: { prompts: {}, logging: {}, experimental: { x: {} } } }));
    fleet.serve('b', snapshotOf({ capabilities: { resources: { subscribe: true }, completions: {} } }));
    const server = await GatewayServer.start(fleet);
    expect((await server.call('initialize', initialize('2025-11-25'))).result.capabilities).toEqual({
      tools: { listChanged: true },
      resources: { listChanged: true, subscribe: true },
      prompts: { listChanged: true },
      completions: {},
      logging: {},
    });
  });
});
