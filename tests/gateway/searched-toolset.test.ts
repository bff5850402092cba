import { describe, expect, it } from 'vitest';
import { eventsOf, GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const PATH = '/mcp/t/big';
const TOOLS = [
  { name: 'readTextFile', description: 'Returns what a file holds.' },
  { name: 'list_directory', description: 'Names of the files in a folder.' },
  { name: 'send_mail', description: 'Sends a message to a person.' },
  { name: 'hidden_file', description: 'A file of files.' },
];

async function bigToolset() {
  const fleet = new ServedFleet();
  const real = await everythingUpstream('every');
  await fleet.add('every', real);
  const tools = TOOLS.map((tool) => ({ ...tool, inputSchema: { type: 'object' }, 'x-own': 1 }));
  fleet.serve('office', snapshotOf({ tools }));
  fleet.setToolset('big', { of: ['every', 'office'], mode: 'search', tools: { deny: ['*__hidden*'] } });
  const server = await GatewayServer.start(fleet);
  const ask = async (name: string, args: object) =>
    (await server.call('tools/call', { name, arguments: args }, {}, PATH)).result;
  const search = async (query: string, limit?: number) =>
    JSON.parse((await ask('search_tools', { query, limit })).content[0].text);
  return { server, ask, search, real };
}

describe('a toolset of mode search', () => {
  it('lists two tools, whatever it holds, and says how to use them', async () => {
    const { server, real } = await bigToolset();
    const { result } = await server.call('tools/list', {}, {}, PATH);
    expect(result.tools.map(({ name }: { name: string }) => name)).toEqual(['search_tools', 'call_tool']);
    expect(result.tools[0].description).toContain('every, office');
    const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '0' } };
    expect((await server.call('initialize', hello, {}, PATH)).result.instructions).toContain('search_tools');
    const listing = server.gateway.listings.toolset('big');
    expect(listing?.listed.tools).toBe(2);
    expect(listing?.tools.length).toBeGreaterThan(5);
    await real.close();
  });

  it('finds by words of names and descriptions, the best first, definitions whole', async () => {
    const { search, real } = await bigToolset();
    const { tools, total } = await search('read a text file');
    expect(tools[0]).toEqual({
      ...TOOLS[0],
      name: 'office__readTextFile',
      inputSchema: { type: 'object' },
      'x-own': 1,
    });
    expect(total).toBeGreaterThan(1);
    const names = async (query: string) => (await search(query)).tools.map(({ name }: { name: string }) => name);
    expect(await names('direct')).toEqual(['office__list_directory']);
    expect(await names('zebra')).toEqual([]);
    expect(await names('hidden')).toEqual([]);
    expect((await search('', 2)).tools).toHaveLength(2);
    await real.close();
  });

  it('calls what was found as the tool itself is called, progress included', async () => {
    const { server, ask, real } = await bigToolset();
    expect((await ask('call_tool', { name: 'every__echo', arguments: { message: 'x' } })).content[0].text).toBe(
      'Echo: x',
    );
    const args = { name: 'every__trigger-long-running-operation', arguments: { duration: 0.1, steps: 2 } };
    const params = { name: 'call_tool', arguments: args, _meta: { progressToken: 0 } };
    const session = await server.initialize(undefined, {}, PATH);
    const response = await server.post({ jsonrpc: '2.0', id: 7, method: 'tools/call', params }, session, PATH);
    const messages = await eventsOf(response);
    expect(messages.slice(0, -1).map((message) => message.params.progressToken)).toEqual([0, 0]);
    expect(messages.at(-1)).toMatchObject({ id: 7, result: { content: [{ type: 'text' }] } });
    await real.close();
  });

  it('tells a model what it did wrong; a tool that is not listed has no other name', async () => {
    const { server, ask, real } = await bigToolset();
    for (const [name, args] of [
      ['search_tools', {}],
      ['search_tools', { query: 'x', limit: 0 }],
      ['search_tools', { query: 'x', limit: 1000 }],
      ['call_tool', {}],
      ['call_tool', { name: 'office__hidden_file' }],
      ['call_tool', { name: 'call_tool' }],
      ['call_tool', { name: 'every__echo', arguments: 'x' }],
    ] as const)
      expect(await ask(name, args)).toMatchObject({ isError: true, content: [{ type: 'text' }] });
    const direct = await server.call('tools/call', { name: 'every__echo' }, {}, PATH);
    expect(direct.error).toEqual({ code: -32602, message: 'Unknown tool: every__echo' });
    await real.close();
  });

  it('answers with at most 64 KiB of definitions and names the rest', async () => {
    const fleet = new ServedFleet();
    const description = `file ${'x'.repeat(30_000)}`;
    fleet.serve('s', snapshotOf({ tools: ['a', 'b', 'c', 'd'].map((name) => ({ name, description })) }));
    fleet.setToolset('big', { of: ['s'], mode: 'search' });
    const server = await GatewayServer.start(fleet);
    const params = { name: 'search_tools', arguments: { query: 'file' } };
    const found = JSON.parse((await server.call('tools/call', params, {}, PATH)).result.content[0].text);
    expect(found.tools).toHaveLength(2);
    expect(found).toMatchObject({ alsoFound: ['s__c', 's__d'], total: 4 });
  });
});
