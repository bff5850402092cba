import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const named = (count: number, prefix = 't') =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${String(index)}`, inputSchema: { type: 'object' } }));

async function drain(server: GatewayServer, path?: string): Promise<{ names: string[]; pages: number[] }> {
  const names: string[] = [];
  const pages: number[] = [];
  let cursor: string | undefined;
  do {
    const { result } = await server.call('tools/list', cursor === undefined ? {} : { cursor }, {}, path);
    names.push(...result.tools.map((tool: { name: string }) => tool.name));
    pages.push(result.tools.length);
    cursor = result.nextCursor;
  } while (cursor !== undefined);
  return { names, pages };
}

describe('a list', () => {
  it('comes in pages that hold every row once, in the order of namespaces', async () => {
    const fleet = new ServedFleet();
    fleet.serve('b', snapshotOf({ tools: named(5) }));
    fleet.serve('a', snapshotOf({ tools: named(4) }));
    const server = await GatewayServer.start(fleet, { pageRows: 4 });
    const { names, pages } = await drain(server);
    expect(names).toEqual([...named(4, 'a__t'), ...named(5, 'b__t')].map((tool) => tool.name));
    expect(pages).toEqual([4, 4, 1]);
  });

  it('cuts pages by size too, but never below one row', async () => {
    const fleet = new ServedFleet();
    fleet.serve('a', snapshotOf({ tools: named(3) }));
    const server = await GatewayServer.start(fleet, { pageChars: 10 });
    expect((await drain(server)).pages).toEqual([1, 1, 1]);
  });

  it('refuses a cursor that is not its own with -32602', async () => {
    const fleet = new ServedFleet();
    fleet.serve('a', snapshotOf({ tools: named(3), prompts: named(3) }));
    const server = await GatewayServer.start(fleet, { pageRows: 2 });
    const other = await GatewayServer.start(fleet, { pageRows: 2 });
    const cursor: string = (await server.call('tools/list')).result.nextCursor;
    const forged = `${Buffer.from('{"list":"all tools","row":1,"after":"a__t0"}').toString('base64url')}.${cursor.split('.')[1]!}`;
    for (const wrong of ['', 'x', '.', 'x.y', forged, `${cursor}x`, 7, null, {}])
      expect(await server.call('tools/list', { cursor: wrong })).toMatchObject({ error: { code: -32602 } });
    for (const [method, path, where] of [
      ['prompts/list', '/mcp', server],
      ['tools/list', '/mcp/s/a', server],
      ['tools/list', '/mcp', other],
    ] as const)
      expect(await where.call(method, { cursor }, {}, path)).toMatchObject({ error: { code: -32602 } });
    expect((await server.call('tools/list', { cursor })).result.tools).toHaveLength(1);
  });

  it('that changes between two pages leaves nothing out that stays', async () => {
    const fleet = new ServedFleet();
    fleet.serve('m', snapshotOf({ tools: named(4) }));
    const server = await GatewayServer.start(fleet, { pageRows: 2 });
    const cursor = (await server.call('tools/list')).result.nextCursor;
    fleet.serve('a', snapshotOf({ tools: named(3) }));
    const names = (await server.call('tools/list', { cursor })).result.tools.map((tool: any) => tool.name);
    expect(names).toEqual(['m__t2', 'm__t3']);
    fleet.serve('m', snapshotOf({ tools: [] }));
    expect((await server.call('tools/list', { cursor })).result.tools.map((tool: any) => tool.name)).toEqual(['a__t2']);
  });
});
