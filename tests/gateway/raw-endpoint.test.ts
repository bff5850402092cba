import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

describe('/mcp/s/<name>', () => {
  it('is that one service under its own names, for a client of the SDK', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    fleet.serve('other', snapshotOf({ tools: [{ name: 'x' }], instructions: 'not here' }));
    const server = await GatewayServer.start(fleet);
    const client = new Client({ name: 'test', version: '0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${server.origin}/mcp/s/every`)));
    const own = await real.introspect();
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(own.tools.map(({ name }) => name));
    expect(client.getInstructions()).toBe(own.instructions);
    const sum = await client.callTool({ name: 'get-sum', arguments: { a: 2, b: 3 } });
    expect(JSON.stringify(sum.content)).toContain('5');
    await client.close();
    await real.close();
  });

  it('keeps long names and follows its service alone', async () => {
    const fleet = new ServedFleet();
    const name = 'x'.repeat(100);
    fleet.serve('s', snapshotOf({ tools: [{ name }] }));
    const server = await GatewayServer.start(fleet);
    expect((await server.call('tools/list', {}, {}, '/mcp/s/s')).result.tools).toEqual([{ name }]);
    fleet.serve('s', snapshotOf({ tools: [{ name: 'y' }] }));
    expect((await server.call('tools/list', {}, {}, '/mcp/s/s')).result.tools).toEqual([{ name: 'y' }]);
  });

  it('is 404 as JSON for a name that is not served, with every verb', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const get = await fetch(`${server.origin}/mcp/s/nobody`);
    const post = await server.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, {}, '/mcp/s/nobody');
    for (const response of [get, post]) {
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32600 } });
    }
  });
});
