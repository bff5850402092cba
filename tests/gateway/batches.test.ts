import { describe, expect, it } from 'vitest';
import type { RequestOptions } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { fakeUpstream } from '../helpers/fake-upstream.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });

describe('a batch', () => {
  it('is served in a session of 2025-03-26 only', async () => {
    const server = await GatewayServer.start(new ServedFleet());
    const old = await server.initialize('2025-03-26');
    const response = await server.post([ping(1), { jsonrpc: '2.0', method: 'notifications/x' }, ping(2)], old);
    expect(await response.json()).toEqual([
      { jsonrpc: '2.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 2, result: {} },
    ]);
    const current = await server.initialize('2025-06-18');
    const refused = await server.post([ping(1)], current);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ id: null, error: { code: -32600 } });
  });

  it('of notifications is 202; one that is empty or too long is 400; initialize has no place in it', async () => {
    const server = await GatewayServer.start(new ServedFleet(), { batchMessages: 3 });
    const old = await server.initialize('2025-03-26');
    expect((await server.post([{ jsonrpc: '2.0', method: 'notifications/x' }], old)).status).toBe(202);
    expect((await server.post([], old)).status).toBe(400);
    expect((await server.post([1, 2, 3, 4].map(ping), old)).status).toBe(400);
    const opening = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-03-26' } };
    expect(await (await server.post([opening], old)).json()).toMatchObject([{ id: 1, error: { code: -32601 } }]);
  });

  it('of large results arrives whole on a stream', async () => {
    const { server, old } = await slowService(({ onProgress }) => {
      onProgress?.({ progress: 1 });
      return Promise.resolve({ content: [{ type: 'text', text: 'x'.repeat(2000) }] });
    });
    const call = (id: number) => ({ ...callOf(id), params: { name: 's__t', _meta: { progressToken: id } } });
    const text = await (await server.post([call(1), call(2), call(3)], old)).text();
    expect(text.match(/"id":\d,"result"/g)).toEqual([1, 2, 3].map((id) => `"id":${id},"result"`));
  });

  it('is taken in its order: a cancellation ends the call before it', async () => {
    const { server, old } = await slowService(
      ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('gone')))),
    );
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };
    const response = await server.post([callOf(1), cancelled, ping(2)], old);
    expect(await response.json()).toEqual([{ jsonrpc: '2.0', id: 2, result: {} }]);
  });
});

const callOf = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 's__t' } });

/** A session of 2025-03-26 with a tool `s__t`. */
async function slowService(answer: (options: RequestOptions) => Promise<JsonObject>) {
  const fleet = new ServedFleet();
  const upstream = fakeUpstream('s', (_method, _params, options) => answer(options));
  fleet.serve('s', snapshotOf({ tools: [{ name: 't' }] }), {}, upstream);
  const server = await GatewayServer.start(fleet);
  return { server, old: await server.initialize('2025-03-26') };
}
