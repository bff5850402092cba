import { describe, expect, it, vi } from 'vitest';
import { createGateway } from '../../src/gateway/index.ts';
import { FakeClock, systemClock } from '../helpers/clock.ts';
import { everythingServer } from '../helpers/everything-server.ts';
import { fakeRemote, json, sse } from '../helpers/fake-remote.ts';
import { outsideRig } from '../helpers/outside-rig.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

const LOOPBACK = { net: ['127.0.0.1'] };

const names = (answer: unknown) => JSON.parse((answer as { ok: string }).ok).map(({ name }: any) => name);

async function fleetRig() {
  const fleet = new ServedFleet();
  const real = await everythingUpstream('every');
  await fleet.add('every', real, { toolRules: [{ allow: ['echo', 'get-sum', 'get-tiny-image'] }] });
  const gateway = createGateway({
    view: fleet,
    clock: systemClock,
    version: '0',
    principal: () => 'owner',
    onFault: (error) => {
      throw error;
    },
  });
  return { rig: outsideRig({ deps: { tools: gateway.tools } }), close: () => real.close() };
}

describe('tools of this daemon, from inside of a module', () => {
  it('are those of the gateway, or of one service under its own names', async () => {
    const { rig, close } = await fleetRig();
    for (const [target, prefix] of [
      ['', 'every__'],
      ['gateway', 'every__'],
      ['service:every', ''],
      ['every', ''],
    ] as const) {
      const session = await rig.opened('mcp_connect', target);
      expect(names(await rig.run('mcp_list_tools', session))).toContain(`${prefix}echo`);
      const args = '{"message":"hi"}';
      expect(await rig.run('mcp_call_tool', session, `${prefix}echo`, args)).toEqual({ ok: 'Echo: hi' });
    }
    await close();
  });

  it('answer with their text parts, with JSON where there is none, and with an Err for what failed', async () => {
    const { rig, close } = await fleetRig();
    const every = await rig.opened('mcp_connect', 'every');
    const call = (tool: string, args: string) => rig.run('mcp_call_tool', every, tool, args);
    const image = (await call('get-tiny-image', '{}')) as { ok: string };
    expect(image.ok.split('\n').length).toBeGreaterThan(1);
    expect(await call('get-sum', '{"a":"x"}')).toHaveProperty('err');
    expect(await call('get-env', '{}')).toEqual({ err: 'Unknown tool: get-env' });
    for (const args of ['', '[]', 'no JSON', '1'])
      expect(await call('echo', args)).toEqual({ err: 'The arguments are no JSON object.' });
    const nobody = await rig.opened('mcp_connect', 'service:nobody');
    expect(await rig.run('mcp_list_tools', nobody)).toEqual({ err: 'There is no service nobody here.' });
    expect(await rig.run('mcp_call_tool', nobody, 'echo', '{}')).toHaveProperty('err');
    await rig.run('mcp_disconnect', every);
    expect(await rig.run('mcp_list_tools', every)).toEqual({ err: expect.stringContaining('no MCP session') });
    await close();
  });
});

describe('an MCP server elsewhere', () => {
  it('is spoken to in a session of its own', async () => {
    const server = await everythingServer('streamableHttp');
    const rig = outsideRig(LOOPBACK);
    const session = await rig.opened('mcp_connect', server.endpoint);
    expect(names(await rig.run('mcp_list_tools', session))).toContain('echo');
    expect(await rig.run('mcp_call_tool', session, 'echo', '{"message":"hi"}')).toEqual({ ok: 'Echo: hi' });
    expect(await rig.run('mcp_call_tool', session, 'nothing', '{}')).toHaveProperty('err');
    await server.stop();
  });

  it('is not contacted before it is used, and hears the end of its session', async () => {
    const { endpoint, seen } = await fakeRemote();
    const rig = outsideRig(LOOPBACK);
    const session = await rig.opened('mcp_connect', endpoint);
    expect(seen).toEqual([]);
    expect(await rig.run('mcp_call_tool', session, 'x', '{}')).toEqual({ ok: '{"method":"tools/call"}' });
    await rig.run('mcp_call_tool', session, 'x', '{}');
    await rig.run('mcp_disconnect', session);
    await vi.waitFor(() => expect(seen.at(-1)!.method).toBe('DELETE'));
    expect(seen.map(({ method, message }) => message?.method ?? method)).toEqual([
      'initialize',
      'notifications/initialized',
      'tools/call',
      'tools/call',
      'DELETE',
    ]);
    for (const { headers } of seen.slice(1))
      expect(headers).toMatchObject({ 'mcp-session-id': 's-1', 'mcp-protocol-version': '2025-06-18' });
    expect(seen[2]!.headers.accept).toBe('application/json, text/event-stream');
  });

  it('may refuse initialize, stream its answers, and list its tools in pages', async () => {
    const { endpoint } = await fakeRemote(({ message }, response) => {
      const { id, method, params } = message;
      if (method === 'initialize') return json(response, { error: 'what?' }, 404);
      if (method === 'tools/call') {
        sse(response, { jsonrpc: '2.0', method: 'notifications/progress', params: {} });
        sse(response, { jsonrpc: '2.0', id, method: 'ping' });
        const content = ['a', 'b'].map((text) => ({ type: 'text', text }));
        sse(response, { jsonrpc: '2.0', id, result: { content, isError: params.name === 'bad' } });
        return true; // and stays open
      }
      const page = { tools: [{ name: params.cursor ?? 'first' }], ...(params.cursor ? {} : { nextCursor: 'second' }) };
      return json(response, { jsonrpc: '2.0', id, result: page });
    });
    const rig = outsideRig(LOOPBACK);
    const session = await rig.opened('mcp_connect', endpoint);
    expect(names(await rig.run('mcp_list_tools', session))).toEqual(['first', 'second']);
    expect(await rig.run('mcp_call_tool', session, 'good', '{}')).toEqual({ ok: 'a\nb' });
    expect(await rig.run('mcp_call_tool', session, 'bad', '{}')).toEqual({ err: 'a\nb' });
  });

  it.each([
    ['an error', { error: { code: -32602, message: 'no such tool' } }, 200, 'refused tools/call: no such tool'],
    ['a status', {}, 503, 'it answered with HTTP 503'],
    ['no JSON', 'hello', 200, 'no JSON object'],
  ])('gives an Err for %s', async (_, body, status, why) => {
    const { endpoint } = await fakeRemote(
      ({ message }, response) => message?.method === 'tools/call' && json(response, body, status),
    );
    const rig = outsideRig(LOOPBACK);
    const session = await rig.opened('mcp_connect', endpoint);
    expect(await rig.run('mcp_call_tool', session, 'x', '{}')).toEqual({ err: expect.stringContaining(why) });
  });

  it('must be among the hosts of the service, also where it sends us on', async () => {
    const other = await fakeRemote();
    const { endpoint, seen } = await fakeRemote((_, response) => {
      response.writeHead(307, { location: other.endpoint }).end();
      return true;
    });
    const none = outsideRig();
    expect(await none.run('mcp_connect', endpoint)).toEqual({ err: expect.stringContaining('not among the hosts') });
    expect(none.refusals).toMatchObject([{ need: 'net', add: expect.stringContaining('capabilities.net') }]);
    expect(seen).toEqual([]);
    const one = outsideRig({ net: [new URL(endpoint).host] });
    const session = await one.opened('mcp_connect', endpoint);
    expect(await one.run('mcp_list_tools', session)).toHaveProperty('err');
    expect(one.refusals).toHaveLength(1);
    expect(other.seen).toEqual([]);
  });

  it('has 20 seconds for each answer', async () => {
    const { endpoint, seen } = await fakeRemote(() => true);
    const clock = new FakeClock();
    const rig = outsideRig({ ...LOOPBACK, clock });
    const session = await rig.opened('mcp_connect', endpoint);
    const answer = rig.run('mcp_list_tools', session);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    clock.advance(20_000);
    expect(await answer).toEqual({ err: expect.stringContaining('did not answer within 20 seconds') });
  });
});
