import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet } from '../helpers/served-fleet.ts';

describe('a tool that the rules hide', () => {
  it('is neither listed nor callable: it is answered as unknown, at every endpoint', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    const toolRules = [{ allow: ['echo', 'get-*'] }, { deny: ['get-env'] }];
    await fleet.add('every', real, { toolRules, rename: { echo: 'say' } });
    const server = await GatewayServer.start(fleet);
    for (const [path, prefix, echo] of [
      ['/mcp', 'every__', 'every__say'],
      ['/mcp/s/every', '', 'echo'],
    ] as const) {
      const listed: string[] = (await server.call('tools/list', {}, {}, path)).result.tools.map(
        (tool: any) => tool.name,
      );
      expect(listed).toContain(echo);
      expect(listed).toContain(`${prefix}get-sum`);
      expect(listed.some((name) => name.includes('get-env') || name.includes('trigger'))).toBe(false);
      const hidden = await server.call('tools/call', { name: `${prefix}get-env` }, {}, path);
      const unknown = await server.call('tools/call', { name: `${prefix}nothing` }, {}, path);
      expect(hidden.error).toEqual({ code: -32602, message: `Unknown tool: ${prefix}get-env` });
      expect(unknown.error.code).toBe(-32602);
      const said = await server.call('tools/call', { name: echo, arguments: { message: 'x' } }, {}, path);
      expect(said.result.content[0].text).toBe('Echo: x');
    }
    await real.close();
  });

  it('has no other name: a call without one is -32602', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    for (const params of [{}, { name: 1 }, { name: 'constructor' }])
      expect(await server.call('tools/call', params)).toMatchObject({ error: { code: -32602 } });
  });
});
