import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const broken = snapshotOf({
  capabilities: { resources: {}, prompts: {} },
  tools: [
    { name: 'bare' },
    { name: 'untyped', inputSchema: { properties: { a: {} } }, outputSchema: null, unknown: [null] },
    { name: 'nulls', inputSchema: { type: 'object' }, description: null, title: 5, annotations: null, _meta: [] },
    { name: 'right', inputSchema: { type: 'object' }, description: 'x' },
  ],
  resources: [{ uri: 'a:b', size: null, mimeType: null, icons: null }],
  resourceTemplates: [{ uriTemplate: 'a:{b}' }],
  prompts: [{ name: 'p', arguments: null, description: null }],
});

it('definitions that break the schema are mended among others, so that a strict client can read the list, and stay as they are alone', async () => {
  const fleet = new ServedFleet();
  fleet.serve('s', broken);
  const server = await GatewayServer.start(fleet);
  const client = new Client({ name: 'test', version: '0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.origin}/mcp`)));
  expect((await client.listTools()).tools).toHaveLength(4);
  expect((await client.listResources()).resources).toEqual([{ uri: 'a:b', name: 'a:b' }]);
  expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(1);
  expect((await client.listPrompts()).prompts).toEqual([{ name: 's__p' }]);
  await client.close();
  expect((await server.call('tools/list')).result.tools).toEqual([
    { name: 's__bare', inputSchema: { type: 'object' } },
    { name: 's__untyped', inputSchema: { properties: { a: {} }, type: 'object' }, unknown: [null] },
    { name: 's__nulls', inputSchema: { type: 'object' } },
    { name: 's__right', inputSchema: { type: 'object' }, description: 'x' },
  ]);
  expect((await server.call('tools/list', {}, {}, '/mcp/s/s')).result.tools).toEqual(broken.tools);
});
