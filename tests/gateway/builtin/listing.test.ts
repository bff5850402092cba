import { describe, expect, it } from 'vitest';
import { BUILTIN_TOOLS } from '../../../src/gateway/builtin/registry.ts';
import { BuiltinRig } from '../../helpers/builtin-rig.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { everythingUpstream } from '../../helpers/real-upstream.ts';
import { ServedFleet } from '../../helpers/served-fleet.ts';

const NAMES = BUILTIN_TOOLS.map(({ name }) => name as string);

describe('the built-in tools', () => {
  it('stand at /mcp before those of services, on every page once, and nowhere else', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet, { pageRows: 20, builtins: new BuiltinRig().deps });
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const { result } = await server.call('tools/list', cursor === undefined ? {} : { cursor });
      listed.push(...result.tools.map(({ name }: any) => name));
      cursor = result.nextCursor;
    } while (cursor !== undefined);
    expect(listed.slice(0, NAMES.length)).toEqual(NAMES);
    expect(listed.slice(NAMES.length)).toContain('every__echo');
    expect(new Set(listed).size).toBe(listed.length);
    const alone = await server.call('tools/list', {}, {}, '/mcp/s/every');
    expect(alone.result.tools.map(({ name }: any) => name)).not.toContain(NAMES[0]);
    const unknown = await server.call('tools/call', { name: NAMES[0] }, {}, '/mcp/s/every');
    expect(unknown.error).toMatchObject({ code: -32602 });
    // Programs in a sandbox do not say what the daemon runs.
    expect(server.gateway.tools.tools(undefined)?.map(({ name }) => name)).not.toContain(NAMES[0]);
    await real.close();
  });

  it('are listed with everything that a client wants to know, and are called by name', async () => {
    const server = await GatewayServer.start(new ServedFleet(), { builtins: new BuiltinRig().deps });
    const session = await server.initialize();
    const { result } = await server.call('tools/list', {}, session);
    const help = result.tools.find(({ name }: any) => name === 'clarity__help');
    expect(Object.keys(help)).toEqual(['name', 'title', 'description', 'inputSchema', 'outputSchema', 'annotations']);
    const called = await server.call('tools/call', { name: 'runtime__list_services', arguments: {} }, session);
    expect(called.result).toMatchObject({ structuredContent: { services: [{ module: 'files' }] } });
    const wrong = await server.call('tools/call', { name: 'runtime__get_service', arguments: {} }, session);
    expect(wrong.error).toMatchObject({ code: -32602, data: { tool: 'runtime__get_service' } });
    const nothing = await server.call('tools/call', { name: 'runtime__fly' }, session);
    expect(nothing.error).toEqual({ code: -32602, message: 'Unknown tool: runtime__fly' });
    expect(server.faults).toEqual([]);
  });
});
