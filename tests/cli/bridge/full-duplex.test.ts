import { expect, it } from 'vitest';
import { BridgeRig } from '../../helpers/bridge-rig.ts';
import { fakeUpstream } from '../../helpers/fake-upstream.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { snapshotOf, ServedFleet } from '../../helpers/served-fleet.ts';
import { resolvable } from '../../../src/shared/resolvable.ts';

const slow = { name: 'slow', inputSchema: { type: 'object' } };
const quick = { name: 'quick', inputSchema: { type: 'object' } };

it('answers a quick call while a slow one still runs, and passes its progress on meanwhile', async () => {
  const release = resolvable();
  const fleet = new ServedFleet();
  const upstream = fakeUpstream('a', async (_method, params, { onProgress }) => {
    if (params.name === 'slow') {
      onProgress?.({ progress: 1 });
      await release.promise;
    }
    return { content: [{ type: 'text', text: params.name ?? '' }] };
  });
  fleet.serve('a', snapshotOf({ tools: [slow, quick] }), {}, upstream);
  const server = await GatewayServer.start(fleet);
  const client = new BridgeRig(server.origin);
  await client.initialize();

  client.write({
    id: 1,
    method: 'tools/call',
    params: { name: 'a__slow', arguments: {}, _meta: { progressToken: 0 } },
  });
  const { params } = await client.next(({ method }) => method === 'notifications/progress');
  expect(params).toEqual({ progress: 1, progressToken: 0 });
  client.write({ id: 2, method: 'tools/call', params: { name: 'a__quick', arguments: {} } });
  expect(await client.answer(2)).toMatchObject({ result: { content: [{ text: 'quick' }] } });
  release.resolve();
  expect(await client.answer(1)).toMatchObject({ result: { content: [{ text: 'slow' }] } });
});

it('finishes what is in flight when stdin ends, and ends the session', async () => {
  const fleet = new ServedFleet();
  fleet.serve(
    'a',
    snapshotOf({ tools: [quick] }),
    {},
    fakeUpstream('a', () => Promise.resolve({ content: [] })),
  );
  const server = await GatewayServer.start(fleet);
  const client = new BridgeRig(server.origin);
  await client.initialize();
  client.write({ id: 7, method: 'tools/call', params: { name: 'a__quick', arguments: {} } });
  await client.close();
  expect(client.received.at(-1)).toMatchObject({ id: 7, result: { content: [] } });
  expect(server.gateway.stats().sessions).toBe(0);
});

it('says what is wrong with a line that is no message, and goes on', async () => {
  const server = await GatewayServer.start(new ServedFleet());
  const client = new BridgeRig(server.origin);
  client.write('{"jsonrpc":', '[]');
  await client.initialize();
  expect(client.received.slice(0, 2)).toMatchObject([
    { id: null, error: { code: -32700 } },
    { id: null, error: { code: -32600 } },
  ]);
});

it('passes a refusal of the gateway on under the id of the request', async () => {
  const server = await GatewayServer.start(new ServedFleet());
  const client = new BridgeRig(server.origin, '/mcp/s/nobody');
  client.write({ id: 'x', method: 'tools/list' });
  expect(await client.answer('x')).toMatchObject({
    error: { code: -32600, message: expect.stringContaining('served') },
  });
});
