import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const odd = {
  description: 'd',
  name: 'odd',
  inputSchema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: { a: { const: null } },
    'x-9': [1.5],
  },
  ofTomorrow: { deep: [{ unknown: true }] },
  _meta: { '': 0 },
};

describe('a definition', () => {
  it('is byte-equal but for the name, unknown keys and their order included', async () => {
    const fleet = new ServedFleet();
    fleet.serve('s', snapshotOf({ tools: [odd], prompts: [odd] }));
    const server = await GatewayServer.start(fleet);
    for (const list of ['tools', 'prompts']) {
      const text = await (await server.post({ jsonrpc: '2.0', id: 1, method: `${list}/list` })).text();
      expect(text).toContain(JSON.stringify({ ...odd, name: 's__odd' }));
    }
  });

  it('of every tool, prompt, resource and template of a real server is listed as the server lists it', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet);
    const own = await real.introspect();
    const prefixed = (items: readonly any[]) => items.map((item) => ({ ...item, name: `every__${item.name}` }));
    expect((await server.call('tools/list')).result).toEqual({ tools: prefixed(own.tools) });
    expect((await server.call('prompts/list')).result).toEqual({ prompts: prefixed(own.prompts) });
    expect((await server.call('resources/list')).result).toEqual({ resources: own.resources });
    expect((await server.call('resources/templates/list')).result.resourceTemplates).toEqual(own.resourceTemplates);
    expect(own.tools.length).toBeGreaterThan(5);
    expect(own.resourceTemplates.length).toBeGreaterThan(0);
    await real.close();
  });

  it('without its identifying field, or the second of one name, is not listed', async () => {
    const fleet = new ServedFleet();
    const inputSchema = { type: 'object' };
    const tools = [{ title: 'nameless' }, { name: 'a', title: 'first', inputSchema }, { name: 'a', title: 'second' }];
    fleet.serve('s', snapshotOf({ tools }));
    const server = await GatewayServer.start(fleet);
    expect((await server.call('tools/list')).result).toMatchObject({
      tools: [{ name: 's__a', title: 'first', inputSchema }],
    });
  });
});
