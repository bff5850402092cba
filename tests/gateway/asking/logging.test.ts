import { describe, expect, it } from 'vitest';
import type { Upstream } from '../../../src/reconcile/ports.ts';
import { RPC, RpcError } from '../../../src/shared/json-rpc.ts';
import { AskedClient } from '../../helpers/asked-client.ts';
import { FakeClock } from '../../helpers/clock.ts';
import { fakeUpstream } from '../../helpers/fake-upstream.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';

const LOGS = snapshotOf({ capabilities: { logging: {} }, tools: [{ name: 't' }] });
const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

/** An instance that notes the levels it is set to; its tool says one line of each level. */
function loggingUpstream(identity: string, id = 'first'): { upstream: Upstream; levels: unknown[] } {
  const levels: unknown[] = [];
  const upstream = fakeUpstream(
    identity,
    (method, params, { caller }) => {
      if (method === 'logging/setLevel') levels.push(params.level);
      else for (const level of LEVELS) caller?.tell('notifications/message', { level, data: level });
      return Promise.resolve({});
    },
    id,
  );
  return { upstream, levels };
}

async function loggingGateway(clock?: FakeClock) {
  const fleet = new ServedFleet();
  const one = loggingUpstream('one');
  const two = loggingUpstream('two');
  fleet.serve('one', LOGS, {}, one.upstream);
  fleet.serve('two', LOGS, {}, two.upstream);
  fleet.serve('mute', snapshotOf({ tools: [{ name: 't' }] }), {}, loggingUpstream('mute').upstream);
  const server = await GatewayServer.start(fleet, clock === undefined ? {} : { clock, keepAliveMs: 1e9 });
  return { fleet, server, one, two };
}

const setLevel = async (client: AskedClient, level: unknown): Promise<any> =>
  (await client.send({ id: 9, method: 'logging/setLevel', params: { level } })).json();

const levelsOf = (talk: any[]) => talk.slice(0, -1).map(({ params }) => params.level);

describe('logging/setLevel', () => {
  it('is there where a service that is seen logs, and only in a session', async () => {
    const { server } = await loggingGateway();
    const capabilities = async (path: string) => {
      const params = { protocolVersion: '2025-11-25', capabilities: {} };
      return (await server.call('initialize', params, {}, path)).result.capabilities;
    };
    expect(await capabilities('/mcp')).toMatchObject({ logging: {} });
    expect(await capabilities('/mcp/s/mute')).not.toHaveProperty('logging');
    const mute = await AskedClient.open(server, { path: '/mcp/s/mute' });
    expect(await setLevel(mute, 'info')).toMatchObject({ error: { code: -32601 } });
    const all = await AskedClient.open(server);
    for (const level of ['loud', 3, undefined])
      expect(await setLevel(all, level)).toMatchObject({ error: { code: -32602 } });
    expect(await setLevel(all, 'info')).toEqual({ jsonrpc: '2.0', id: 9, result: {} });
    expect(await server.call('logging/setLevel', { level: 'info' })).toMatchObject({ error: { code: -32600 } });
  });

  it('sets a service to the most verbose level that a session which sees it wants', async () => {
    const clock = new FakeClock();
    const { server, one, two } = await loggingGateway(clock);
    const all = await AskedClient.open(server);
    const only = await AskedClient.open(server, { path: '/mcp/s/one' });
    await setLevel(all, 'error');
    await setLevel(only, 'debug');
    await setLevel(all, 'warning');
    await setLevel(all, 'warning');
    expect([one.levels, two.levels]).toEqual([
      ['error', 'debug'],
      ['error', 'warning'],
    ]);
    await only.leave();
    clock.advance(1000);
    await expect.poll(() => one.levels).toEqual(['error', 'debug', 'warning']);
    await all.leave();
    clock.advance(1000);
    expect(one.levels).toHaveLength(3);
  });

  it('is said to a new instance too, and again to one that refused', async () => {
    const { server, fleet, one } = await loggingGateway();
    const client = await AskedClient.open(server);
    await setLevel(client, 'notice');
    const next = loggingUpstream('one', 'second');
    fleet.down('one');
    fleet.replace('one', next.upstream);
    await expect.poll(() => next.levels).toEqual(['notice']);
    expect(one.levels).toEqual(['notice']);
    let refusals = 1;
    const stubborn = loggingUpstream('two', 'second');
    fleet.replace('two', {
      ...stubborn.upstream,
      request: (...request) =>
        refusals-- > 0 ? Promise.reject(new RpcError(RPC.internalError, 'no')) : stubborn.upstream.request(...request),
    });
    expect(await setLevel(client, 'notice')).toMatchObject({ result: {} });
    await expect.poll(() => stubborn.levels).toEqual(['notice']);
  });
});

describe('log messages', () => {
  it('of a call come to its caller, all of them until it sets a level', async () => {
    const { server } = await loggingGateway();
    const [quiet, open] = [await AskedClient.open(server), await AskedClient.open(server)];
    await setLevel(quiet, 'critical');
    const [filtered, all] = await Promise.all([quiet.call('one__t'), open.call('one__t')]);
    expect(levelsOf(filtered)).toEqual(['critical', 'alert', 'emergency']);
    expect(levelsOf(all)).toEqual(LEVELS);
    await setLevel(quiet, 'debug');
    expect(levelsOf(await quiet.call('one__t'))).toEqual(LEVELS);
  });

  it('of no call come to the sessions that set a level and see the service', async () => {
    const { server, fleet } = await loggingGateway();
    const all = await AskedClient.open(server);
    const one = await AskedClient.open(server, { path: '/mcp/s/one' });
    const two = await AskedClient.open(server, { path: '/mcp/s/two' });
    const unset = await AskedClient.open(server);
    for (const client of [all, one, two, unset]) await client.listen();
    for (const client of [all, one, two]) await setLevel(client, 'warning');
    fleet.told('one', 'notifications/message', { level: 'info', data: 0 });
    fleet.told('one', 'notifications/message', { level: 'error', data: { a: 1 }, logger: 'db', other: null });
    fleet.told('one', 'notifications/message', { data: 'no level' });
    fleet.told('one', 'notifications/of-tomorrow', {});
    fleet.told('gone', 'notifications/message', { level: 'error' });
    fleet.told('one', 'notifications/message', { level: 'warning', data: 'bye' });
    const said = (prefix: string) => [
      { level: 'error', data: { a: 1 }, logger: prefix === '' ? 'db' : `${prefix}/db`, other: null },
      { level: 'warning', data: 'bye', ...(prefix === '' ? {} : { logger: prefix }) },
    ];
    await expect.poll(() => all.heard.map(({ params }) => params)).toEqual(said('one'));
    await expect.poll(() => one.heard.map(({ params }) => params)).toEqual(said(''));
    expect([two.heard, unset.heard]).toEqual([[], []]);
  });
});
