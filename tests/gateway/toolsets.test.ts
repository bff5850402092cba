import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const tools = (...names: string[]) => snapshotOf({ tools: names.map((name) => ({ name, inputSchema: OBJECT })) });
const OBJECT = { type: 'object' };
const changed = { jsonrpc: '2.0', method: 'notifications/tools/list_changed' };

const namesAt = async (server: GatewayServer, path: string): Promise<string[]> =>
  (await server.call('tools/list', {}, {}, path)).result.tools.map(({ name }: { name: string }) => name);

function fleetOfThree(): ServedFleet {
  const fleet = new ServedFleet();
  fleet.serve('git', tools('log', 'push'));
  fleet.serve('files', tools('read', 'write', 'delete'));
  fleet.serve('web', tools('get'));
  return fleet;
}

describe('a toolset', () => {
  it.each([
    ['every tool of its services', {}, ['files__delete', 'files__read', 'files__write', 'git__log', 'git__push']],
    [
      'what allow names',
      { allow: ['files__*', '*__log'] },
      ['files__delete', 'files__read', 'files__write', 'git__log'],
    ],
    [
      'nothing that deny names, also where allow does',
      { allow: ['files__*'], deny: ['*__delete'] },
      ['files__read', 'files__write'],
    ],
    ['new names', { allow: ['*__log', '*__read'], rename: { files__read: 'cat', git__log: 'log' } }, ['cat', 'log']],
  ])('lists %s', async (_, rules, expected) => {
    const fleet = fleetOfThree();
    fleet.setToolset('some', { of: ['files', 'git', 'not-served'], tools: rules });
    const server = await GatewayServer.start(fleet);
    expect((await namesAt(server, '/mcp/t/some')).sort()).toEqual(expected);
  });

  it('calls what it lists, under its names, and knows no other tool', async () => {
    const fleet = fleetOfThree();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    fleet.setToolset('some', { of: ['every', 'web'], tools: { deny: ['*__get-env'], rename: { every__echo: 'say' } } });
    const server = await GatewayServer.start(fleet);
    const call = (name: string) => server.call('tools/call', { name, arguments: { message: 'x' } }, {}, '/mcp/t/some');
    expect((await call('say')).result.content[0].text).toBe('Echo: x');
    for (const hidden of ['every__echo', 'echo', 'every__get-env', 'files__read', 'nothing'])
      expect((await call(hidden)).error).toEqual({ code: -32602, message: `Unknown tool: ${hidden}` });
    await real.close();
  });

  it('has tools only: neither prompts nor resources are declared, listed or read', async () => {
    const fleet = new ServedFleet();
    const capabilities = { tools: {}, prompts: {}, resources: {}, completions: {} };
    const lists = { tools: [{ name: 't' }], prompts: [{ name: 'p' }], resources: [{ uri: 'r://x' }] };
    fleet.serve('s', snapshotOf({ ...lists, capabilities, instructions: 'Be kind.' }));
    fleet.serve('other', snapshotOf({ instructions: 'Not here.' }));
    fleet.setToolset('some', { of: ['s', 'other'] });
    const server = await GatewayServer.start(fleet);
    const at = (method: string, params: object = {}) => server.call(method, params, {}, '/mcp/t/some');
    const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '0' } };
    const { result } = await at('initialize', hello);
    expect(result).toMatchObject({ capabilities: { tools: { listChanged: true } }, instructions: '## s\n\nBe kind.' });
    expect(Object.keys(result.capabilities)).not.toEqual(expect.arrayContaining(['prompts']));
    expect((await at('prompts/list')).result).toEqual({ prompts: [] });
    expect((await at('resources/list')).result).toEqual({ resources: [] });
    expect((await at('resources/read', { uri: 'r://x' })).error.code).toBe(-32002);
    expect((await at('prompts/get', { name: 's__p' })).error.code).toBe(-32602);
  });

  it('that is not declared is 404; one that selects nothing lists nothing', async () => {
    const fleet = fleetOfThree();
    fleet.setToolset('empty', { of: [] });
    const server = await GatewayServer.start(fleet);
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    expect((await server.post(ping, {}, '/mcp/t/ghost')).status).toBe(404);
    expect((await fetch(`${server.origin}/mcp/t/ghost`)).status).toBe(404);
    expect((await fetch(`${server.origin}/mcp/t/empty`)).status).toBe(200);
    expect(await namesAt(server, '/mcp/t/empty')).toEqual([]);
    fleet.setToolset('empty', undefined);
    expect((await server.post(ping, {}, '/mcp/t/empty')).status).toBe(404);
  });

  it('has sessions and cursors of its own', async () => {
    const fleet = fleetOfThree();
    fleet.setToolset('a', { of: ['files'] });
    fleet.setToolset('b', { of: ['files'] });
    const server = await GatewayServer.start(fleet, { pageRows: 1 });
    const session = await server.initialize(undefined, {}, '/mcp/t/a');
    const cursor = (await server.call('tools/list', {}, session, '/mcp/t/a')).result.nextCursor;
    expect((await server.call('tools/list', { cursor }, session, '/mcp/t/a')).result.tools).toHaveLength(1);
    expect((await server.call('tools/list', { cursor }, {}, '/mcp/t/b')).error.code).toBe(-32602);
    expect((await server.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, session, '/mcp/t/b')).status).toBe(404);
  });

  it('gives each name to one tool: a new name that is taken is not given, and people are told', () => {
    const fleet = fleetOfThree();
    const rename = { files__read: 'git__log', files__write: 'w', files__delete: 'w', ghost: 'x' };
    fleet.setToolset('some', { of: ['files', 'git'], tools: { rename, allow: ['files__*', 'git__*', 'nope*'] } });
    return GatewayServer.start(fleet).then(({ gateway }) => {
      const listing = gateway.listings.toolset('some');
      expect(listing?.tools.map(({ name }) => name)).toEqual([
        'files__read',
        'w',
        'files__delete',
        'git__log',
        'git__push',
      ]);
      expect(listing?.idleRules).toEqual([
        'tools.allow "nope*" matches no tool',
        'tools.rename "files__read": the name "git__log" is taken',
        'tools.rename "files__delete": the name "w" is taken',
        'tools.rename "ghost": the toolset has no such tool',
      ]);
    });
  });
});

describe('sessions of a toolset', () => {
  it('are told of a change only where what they see changes', async () => {
    const clock = new FakeClock();
    const fleet = fleetOfThree();
    fleet.setToolset('some', { of: ['files'], tools: { allow: ['files__read'] } });
    const server = await GatewayServer.start(fleet, { clock });
    const { received } = await server.listen(await server.initialize(undefined, {}, '/mcp/t/some'), '/mcp/t/some');
    const all = await server.listen(await server.initialize());
    fleet.serve('git', tools('log'));
    fleet.serve('files', tools('read', 'other'));
    clock.advance(200);
    await expect.poll(() => all.received).toHaveLength(1);
    fleet.serve('files', snapshotOf({ tools: [{ name: 'read', inputSchema: OBJECT, description: 'Reads.' }] }));
    clock.advance(200);
    await expect.poll(() => all.received).toHaveLength(2);
    await expect.poll(() => received).toEqual([changed]);
    fleet.setToolset('some', { of: ['files', 'web'], tools: { allow: ['files__read', 'web__get'] } });
    clock.advance(200);
    await expect.poll(() => received).toEqual([changed, changed]);
    fleet.setToolset('some', { of: ['files', 'web'], tools: { allow: ['files__rea?', 'web__get'] } });
    fleet.setToolset('some', undefined);
    clock.advance(200);
    fleet.setToolset('some', { of: ['files'] });
    clock.advance(200);
    await expect.poll(() => received).toEqual([changed, changed, changed]);
  });
});
