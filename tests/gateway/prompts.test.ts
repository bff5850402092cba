import { describe, expect, it } from 'vitest';
import { documentServer } from '../helpers/document-server.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream, serverUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

async function promptGateway(): Promise<GatewayServer> {
  const fleet = new ServedFleet();
  await fleet.add('a', await serverUpstream('a', documentServer('first', ['doc://x'], ['page://{id}'])));
  await fleet.add('b', await serverUpstream('b', documentServer('second', ['doc://x'], ['page://{id}'])));
  const silent = { prompts: [{ name: 'ask' }], capabilities: { prompts: {} } };
  fleet.serve('silent', snapshotOf(silent));
  return GatewayServer.start(fleet);
}

describe('a prompt', () => {
  it('is got under its exposed name, with its arguments', async () => {
    const server = await promptGateway();
    const { result } = await server.call('prompts/get', { name: 'b__ask', arguments: { x: '1' } });
    expect(result.description).toBe('second {"x":"1"}');
    expect((await server.call('prompts/get', { name: 'ask' })).error.code).toBe(-32602);
    expect((await server.call('prompts/get')).error.code).toBe(-32602);
  });

  it('of a real server comes as it is', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet);
    const params = { name: 'args-prompt', arguments: { city: 'Bern', state: 'BE' } };
    const own = await real.upstream.request('prompts/get', params, { timeoutMs: 10_000 });
    expect((await server.call('prompts/get', { ...params, name: 'every__args-prompt' })).result).toEqual(own);
    await real.close();
  });
});

describe('a completion', () => {
  const argument = { name: 'x', value: 'va' };

  it.each([
    [{ type: 'ref/prompt', name: 'b__ask' }, ['second', 'ask', 'va']],
    [{ type: 'ref/resource', uri: 'page://{id}' }, ['first', 'page://{id}', 'va']],
    [{ type: 'ref/resource', uri: 'mcp+b:///page://{id}' }, ['second', 'page://{id}', 'va']],
    [{ type: 'ref/resource', uri: 'page://7' }, ['first', 'page://7', 'va']],
    [{ type: 'ref/prompt', name: 'silent__ask' }, []],
  ])('for %j is asked of its owner, by the owner’s name', async (ref, values) => {
    const server = await promptGateway();
    expect((await server.call('completion/complete', { ref, argument })).result.completion.values).toEqual(values);
  });

  it('for nothing known is -32602', async () => {
    const server = await promptGateway();
    for (const ref of [undefined, {}, { type: 'ref/prompt', name: 'x' }, { type: 'ref/resource', uri: 'zip://x' }])
      expect(await server.call('completion/complete', { ref, argument })).toMatchObject({ error: { code: -32602 } });
  });
});
