import { describe, expect, it } from 'vitest';
import { documentServer } from '../helpers/document-server.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { serverUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

async function twoServices(): Promise<GatewayServer> {
  const fleet = new ServedFleet();
  const mine = documentServer('mine', ['doc://shared', 'doc://a/only'], ['page://{id}', 'tree://a/{+path}']);
  const other = documentServer('other', ['doc://shared', 'urn:isbn:1'], ['page://{id}', 'book://{id}{?page}']);
  await fleet.add('a', await serverUpstream('a', mine));
  await fleet.add('b-c', await serverUpstream('b-c', other));
  return GatewayServer.start(fleet);
}

describe('a resource', () => {
  it('keeps its URI; on a collision the later namespace is wrapped, as a valid URI', async () => {
    const server = await twoServices();
    const { resources } = (await server.call('resources/list')).result;
    expect(resources).toEqual([
      { name: 'doc://shared', uri: 'doc://shared' },
      { name: 'doc://a/only', uri: 'doc://a/only' },
      { name: 'doc://shared', uri: 'mcp+b-c:///doc://shared' },
      { name: 'urn:isbn:1', uri: 'urn:isbn:1' },
    ]);
    for (const { uri } of resources) expect(URL.canParse(uri)).toBe(true);
    const { resourceTemplates } = (await server.call('resources/templates/list')).result;
    expect(resourceTemplates.map(({ uriTemplate }: { uriTemplate: string }) => uriTemplate)).toEqual([
      'page://{id}',
      'tree://a/{+path}',
      'mcp+b-c:///page://{id}',
      'book://{id}{?page}',
    ]);
  });

  it.each([
    ['doc://shared', 'mine doc://shared'],
    ['doc://a/only', 'mine doc://a/only'],
    ['mcp+b-c:///doc://shared', 'other doc://shared'],
    ['mcp+b-c:///page://7', 'other page://7'],
    ['mcp+a:///doc://unlisted', 'mine doc://unlisted'],
    ['urn:isbn:1', 'other urn:isbn:1'],
    ['page://7', 'mine page://7'],
    ['tree://a/x/y?z', 'mine tree://a/x/y?z'],
    ['book://9?page=2', 'other book://9?page=2'],
    ['urn:unlisted', 'other urn:unlisted'],
    ['doc://unlisted', 'mine doc://unlisted'],
  ])('%s is read from its owner and comes back under the URI asked', async (uri, text) => {
    const server = await twoServices();
    expect((await server.call('resources/read', { uri })).result).toEqual({ contents: [{ uri, text }] });
  });

  it('that nobody can own is -32002 with its URI', async () => {
    const server = await twoServices();
    for (const uri of ['nope://x', 'mcp+nobody:///doc://shared', '', 'no uri'])
      expect((await server.call('resources/read', { uri })).error).toMatchObject({ code: -32002, data: { uri } });
    expect((await server.call('resources/read')).error.code).toBe(-32602);
  });

  it('is linked from tools and prompts by the URI that leads to it', async () => {
    const server = await twoServices();
    const uris = async (method: string, name: string) => {
      const { result } = await server.call(method, { name });
      const blocks = result.content ?? result.messages.map((message: any) => message.content);
      return blocks.map((block: any) => block.uri ?? block.resource.uri);
    };
    expect(await uris('tools/call', 'a__link')).toEqual(['doc://shared', 'doc://shared']);
    expect(await uris('tools/call', 'b_c__link')).toEqual(['mcp+b-c:///doc://shared', 'mcp+b-c:///doc://shared']);
    expect(await uris('prompts/get', 'b_c__ask')).toEqual(['mcp+b-c:///doc://shared']);
  });

  it('list is empty where there is none', async () => {
    const fleet = new ServedFleet();
    fleet.serve('s', snapshotOf({}));
    const server = await GatewayServer.start(fleet);
    expect((await server.call('resources/list')).result).toEqual({ resources: [] });
    expect((await server.call('resources/templates/list')).result).toEqual({ resourceTemplates: [] });
  });
});
