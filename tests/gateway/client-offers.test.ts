import { describe, expect, it } from 'vitest';
import { resolvable } from '../../src/shared/resolvable.ts';
import { FakeClock } from '../helpers/clock.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ABLE, ABLE_KEY, OfferingService } from '../helpers/offering-service.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const CHANGED = { jsonrpc: '2.0', method: 'notifications/tools/list_changed' };

/** One service that offers `more` and `most` to clients that can be asked for everything, and a plain one. */
async function offering() {
  const clock = new FakeClock();
  const fleet = new ServedFleet(clock);
  const service = new OfferingService('some');
  service.tools[ABLE_KEY] = ['common', 'more', 'most'];
  fleet.serve('some', await service.base(), {}, service.upstream);
  fleet.serve('plain', snapshotOf({ tools: [{ name: 'x' }] }));
  fleet.setToolset('few', { of: ['some'], tools: { deny: ['*__most'], rename: { some__more: 'extra' } } });
  const server = await GatewayServer.start(fleet, { clock });
  const open = async (capabilities: object = ABLE, path = '/mcp') => {
    const headers = await server.initialize(undefined, {}, path, capabilities);
    return {
      headers,
      names: async (method = 'tools/list') => {
        const { result } = await server.call(method, {}, headers, path);
        return result.tools.map(({ name }: { name: string }) => name);
      },
      call: (name: string) => server.call('tools/call', { name }, headers, path),
      listen: () => server.listen(headers, path),
    };
  };
  return { clock, fleet, service, server, open };
}

describe('tools that a server offers only to clients that can be asked', () => {
  it('are listed to sessions with exactly those capabilities, at every endpoint and by its rules', async () => {
    const { open, service, server } = await offering();
    expect(await (await open()).names()).toEqual(['plain__x', 'some__common', 'some__more', 'some__most']);
    expect(await (await open(ABLE, '/mcp/s/some')).names()).toEqual(['common', 'more', 'most']);
    expect(await (await open(ABLE, '/mcp/t/few')).names()).toEqual(['some__common', 'extra']);
    for (const other of [{}, { sampling: {} }]) {
      expect(await (await open(other)).names()).toEqual(['plain__x', 'some__common']);
      expect(await (await open(other, '/mcp/s/some')).names()).toEqual(['common']);
      expect(await (await open(other, '/mcp/t/few')).names()).toEqual(['some__common']);
    }
    expect((await server.call('tools/list')).result.tools).toHaveLength(2);
    expect(service.listed).toEqual([ABLE_KEY, '{"sampling":{}}']);
  });

  it('are called on behalf of that client, and unknown to others', async () => {
    const { open, service } = await offering();
    const able = await open();
    // Before any list: what is not known is looked for.
    expect(await able.call('some__more')).toMatchObject({ result: {} });
    expect(service.called.map(([name, caller]) => [name, caller?.client.capabilities])).toEqual([['more', ABLE]]);
    expect(await able.call('some__nothing')).toMatchObject({ error: { code: -32602 } });
    expect(await (await open({})).call('some__more')).toMatchObject({ error: { code: -32602 } });
  });

  it('cost nothing where nobody lists or calls, or who does has declared nothing', async () => {
    const { open, service } = await offering();
    await open();
    const plain = await open({});
    await plain.names();
    await plain.call('some__common');
    await plain.call('some__nothing');
    expect(service.connected).toEqual([]);
    await (await open()).call('some__common');
    expect(service.connected).toEqual([]);
  });

  it('that come too late for a list are told with list_changed, to the sessions that got less', async () => {
    const { open, service, clock } = await offering();
    const opening = resolvable();
    service.opening = opening.promise;
    const [first, other] = [await open(), await open({ roots: {} })];
    const [heard, unheard] = [await first.listen(), await other.listen()];
    const listing = first.names();
    await expect.poll(() => service.connected).toHaveLength(1);
    clock.advance(3000);
    expect(await listing).toEqual(['plain__x', 'some__common']);
    opening.resolve();
    await expect.poll(() => service.listed).toHaveLength(1);
    await expect
      .poll(() => {
        clock.advance(200);
        return heard.received;
      })
      .toEqual([CHANGED]);
    expect(unheard.received).toEqual([]);
    expect(await first.names()).toContain('some__more');
  });

  it('that come in time are not told to the session that waited for them', async () => {
    const { open, clock, fleet } = await offering();
    const session = await open();
    const { received } = await session.listen();
    expect(await session.names()).toContain('some__more');
    clock.advance(1000);
    fleet.changed({ identity: 'plain', tools: true, resources: false, prompts: false });
    clock.advance(1000);
    await expect.poll(() => received).toEqual([CHANGED]);
  });

  it('that change are told to sessions of those capabilities only', async () => {
    const { open, service, clock } = await offering();
    const able = [await open(), await open(ABLE, '/mcp/t/few'), await open(ABLE, '/mcp/s/some')];
    const others = [await open({}), await open(ABLE, '/mcp/s/plain')];
    const heard = await Promise.all(able.map((one) => one.listen()));
    const unheard = await Promise.all(others.map((one) => one.listen()));
    for (const one of able) await one.names();
    const told = (counts: number[]) =>
      expect
        .poll(() => {
          clock.advance(200);
          return heard.map(({ received }) => received.length);
        })
        .toEqual(counts);
    // Those who had not asked yet when the first did.
    await told([0, 1, 1]);
    service.change(ABLE_KEY, ['common', 'newer']);
    await told([1, 2, 2]);
    expect(unheard.flatMap(({ received }) => received)).toEqual([]);
    expect(await able[0]!.names()).toContain('some__newer');
  });

  it('are found by search in a toolset that is searched', async () => {
    const { open, fleet, server } = await offering();
    fleet.setToolset('found', { of: ['some'], mode: 'search' });
    const session = await open(ABLE, '/mcp/t/found');
    await session.names();
    const params = { name: 'search_tools', arguments: { query: 'more' } };
    const { result } = await server.call('tools/call', params, session.headers, '/mcp/t/found');
    expect(result.content[0].text).toContain('some__more');
  });

  it('page on with the cursors of the list of everybody', async () => {
    const { fleet, service } = await offering();
    const server = await GatewayServer.start(fleet, { pageRows: 2 });
    const session = await server.initialize(undefined, {}, '/mcp', ABLE);
    const everybodys = (await server.call('tools/list')).result;
    expect(everybodys.nextCursor).toBeUndefined();
    service.tools[''] = ['common', 'last'];
    fleet.serve('some', await service.base(), {}, service.upstream);
    const { nextCursor: cursor } = (await server.call('tools/list')).result;
    await server.call('tools/list', {}, session);
    const { result } = await server.call('tools/list', { cursor }, session);
    expect(result.tools.map(({ name }: { name: string }) => name)).toEqual(['some__more', 'some__most']);
  });
});
