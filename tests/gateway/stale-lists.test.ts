import { expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

it('the last lists of a service that is down stay, and the result says whose are old', async () => {
  const fleet = new ServedFleet();
  const real = await everythingUpstream('every');
  await fleet.add('every', real);
  fleet.serve('dead', snapshotOf({ tools: [{ name: 'x' }] }));
  fleet.serve('asleep', snapshotOf({ tools: [{ name: 'y' }] }), { wake: () => Promise.reject(new Error('no')) });
  fleet.setToolset('some', { of: ['every', 'dead'], tools: { allow: ['*__echo', '*__x'] } });
  const server = await GatewayServer.start(fleet);
  const meta = async (method: string, path?: string) => (await server.call(method, {}, {}, path)).result._meta;
  const stale = { 'clarity.runtime/stale': ['dead'] };
  for (const path of ['/mcp', '/mcp/s/dead', '/mcp/t/some']) expect(await meta('tools/list', path)).toEqual(stale);
  for (const list of ['prompts', 'resources']) expect(await meta(`${list}/list`)).toBeUndefined();
  expect(await meta('tools/list', '/mcp/s/every')).toBeUndefined();

  fleet.replace('dead', real.upstream);
  expect(await meta('tools/list')).toBeUndefined();
  fleet.down('every');
  expect(await meta('prompts/list')).toEqual({ 'clarity.runtime/stale': ['every'] });
  const { result } = await server.call('tools/list');
  expect(result._meta).toEqual({ 'clarity.runtime/stale': ['every'] });
  expect(result.tools.some(({ name }: { name: string }) => name === 'every__echo')).toBe(true);
  await real.close();
});

it('a large page that is sent as bytes is marked too', async () => {
  const fleet = new ServedFleet();
  fleet.serve('dead', snapshotOf({ tools: [{ name: 'x', description: 'é'.repeat(20_000) }] }));
  const server = await GatewayServer.start(fleet);
  const { result } = await server.call('tools/list');
  expect(result.tools).toHaveLength(1);
  expect(result._meta).toEqual({ 'clarity.runtime/stale': ['dead'] });
});
