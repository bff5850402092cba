import { describe, expect, it } from 'vitest';
import type { Caller, RequestOptions } from '../../../src/reconcile/ports.ts';
import type { JsonObject } from '../../../src/shared/json.ts';
import { AskedClient } from '../../helpers/asked-client.ts';
import { FakeClock } from '../../helpers/clock.ts';
import { turningUpstream } from '../../helpers/fake-upstream.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';

const NEVER = new AbortController().signal;

async function gatewayWhere(
  act: (caller: Caller, params: JsonObject, options: RequestOptions) => Promise<JsonObject>,
  limits: Parameters<typeof GatewayServer.start>[1] = {},
): Promise<GatewayServer> {
  const fleet = new ServedFleet();
  fleet.serve('s', snapshotOf({ tools: [{ name: 't' }] }), {}, turningUpstream('s', act));
  return GatewayServer.start(fleet, limits);
}

const askRoots = async (caller: Caller) => ({ answer: await caller.ask('roots/list', undefined, NEVER) });

describe('a request of a server', () => {
  it('comes to nobody where there is no session', async () => {
    const server = await gatewayWhere(askRoots);
    expect(await server.call('tools/call', { name: 's__t' })).toMatchObject({ error: { code: -32601 } });
  });

  it('finds the capabilities that this client declared, and nothing that it did not', async () => {
    const server = await gatewayWhere(async (caller) => ({
      has: caller.client.capabilities,
      ...(await askRoots(caller)),
    }));
    const able = await AskedClient.open(server, {
      capabilities: { roots: {} },
      answer: () => ({ result: { roots: [] } }),
    });
    const unable = await AskedClient.open(server, { capabilities: { sampling: {} } });
    expect((await able.call('s__t')).at(-1)).toMatchObject({ result: { has: { roots: {} }, answer: { roots: [] } } });
    expect(await unable.call('s__t')).toMatchObject([{ error: { code: -32601 } }]);
    expect(unable.heard).toEqual([]);
  });

  it('brings the error of the client back as it came', async () => {
    const error = { code: -1, message: 'User rejected sampling request', data: { by: ['me'] } };
    const server = await gatewayWhere(askRoots);
    const client = await AskedClient.open(server, { answer: () => ({ error }) });
    expect((await client.call('s__t')).at(-1)).toEqual({ jsonrpc: '2.0', id: 1, error });
  });

  it('is answered by that client only, and once', async () => {
    const server = await gatewayWhere(askRoots);
    const asked = await AskedClient.open(server);
    const other = await AskedClient.open(server);
    const talk = asked.call('s__t');
    await expect.poll(() => asked.heard).toHaveLength(1);
    const [{ id }] = asked.heard;
    expect((await other.send({ id, result: { roots: ['of another'] } })).status).toBe(202);
    expect((await asked.send({ id: String(id), result: { roots: ['of no id'] } })).status).toBe(202);
    expect((await asked.send({ id, result: { roots: [] } })).status).toBe(202);
    expect((await asked.send({ id, result: { roots: ['late'] } })).status).toBe(202);
    expect((await talk).at(-1)).toMatchObject({ result: { answer: { roots: [] } } });
  });

  it('keeps what it says, but for what was agreed with its server alone', async () => {
    const server = await gatewayWhere((caller) =>
      caller.ask(
        'sampling/createMessage',
        { messages: [], task: { ttl: 1 }, _meta: { progressToken: 0, 'x/y': 1 }, unknown: null },
        NEVER,
      ),
    );
    const client = await AskedClient.open(server, { answer: () => ({ result: {} }) });
    await client.call('s__t');
    expect(client.heard).toMatchObject([{ params: { messages: [], _meta: { 'x/y': 1 }, unknown: null } }]);
    expect(Object.keys(client.heard[0].params)).toEqual(['messages', 'unknown', '_meta']);
    expect(Object.keys(client.heard[0].params._meta)).toEqual(['x/y']);
  });

  it('is cancelled towards the client when the server wants it no more; a cancellation by the client is legal and nothing', async () => {
    const unwanted = new AbortController();
    const server = await gatewayWhere(async (caller) => {
      const failure = await caller.ask('roots/list', undefined, unwanted.signal).catch((error: unknown) => error);
      return { failed: (failure as { code: number }).code };
    });
    const client = await AskedClient.open(server);
    const talk = client.call('s__t', {}, 'call');
    await expect.poll(() => client.heard).toHaveLength(1);
    const [{ id: requestId }] = client.heard;
    const cancelled = await client.send({ method: 'notifications/cancelled', params: { requestId } });
    expect(cancelled.status).toBe(202);
    unwanted.abort();
    expect((await talk).slice(1)).toMatchObject([
      { method: 'notifications/cancelled', params: { requestId } },
      { id: 'call', result: { failed: -32001 } },
    ]);
  });

  it('goes with the call that the client cancels', async () => {
    const server = await gatewayWhere((caller, _params, { signal }) => caller.ask('roots/list', undefined, signal!));
    const client = await AskedClient.open(server);
    await client.listen();
    const talk = client.call('s__t', {}, 5);
    await expect.poll(() => client.heard).toHaveLength(1);
    await client.send({ method: 'notifications/cancelled', params: { requestId: 5 } });
    await expect.poll(() => client.heard).toHaveLength(2);
    expect(client.heard[1]).toMatchObject({
      method: 'notifications/cancelled',
      params: { requestId: client.heard[0].id },
    });
    expect(await talk).toHaveLength(1);
  });

  it('has a deadline', async () => {
    const clock = new FakeClock();
    const server = await gatewayWhere(askRoots, { clock, askMs: 600_000, keepAliveMs: 1e9, streamAfterMs: 1e9 });
    const client = await AskedClient.open(server);
    const talk = client.call('s__t');
    await expect.poll(() => client.heard).toHaveLength(1);
    clock.advance(600_000);
    expect((await talk).slice(1)).toMatchObject([
      { method: 'notifications/cancelled', params: { requestId: client.heard[0].id } },
      { error: { code: -32001 } },
    ]);
  });

  it('fails with the end of the session, and after it', async () => {
    const failures: unknown[] = [];
    let left: Caller | undefined;
    const server = await gatewayWhere(async (caller) => {
      left = caller;
      return askRoots(caller).catch((error: unknown) => {
        failures.push(error);
        throw error;
      });
    });
    const client = await AskedClient.open(server);
    const talk = client.call('s__t');
    await expect.poll(() => client.heard).toHaveLength(1);
    await client.leave();
    expect((await talk).at(-1)).toMatchObject({ error: { code: -32000 } });
    await expect(left?.ask('roots/list', undefined, NEVER)).rejects.toMatchObject({ code: -32000 });
    expect(failures).toMatchObject([{ code: -32000 }]);
  });

  it('that comes after its call uses the standing stream; without one it fails at once', async () => {
    let left: Caller | undefined;
    const server = await gatewayWhere((caller) => {
      left = caller;
      return Promise.resolve({ content: [] });
    });
    const client = await AskedClient.open(server, { answer: () => ({ result: { roots: [] } }) });
    await client.call('s__t');
    for (const audience of [left!, left!.client])
      await expect(audience.ask('roots/list', undefined, NEVER)).rejects.toMatchObject({ code: -32000 });
    await client.listen();
    for (const audience of [left!, left!.client])
      expect(await audience.ask('roots/list', undefined, NEVER)).toEqual({ roots: [] });
  });

  it('is one of a limited number that a client may have', async () => {
    const server = await gatewayWhere(
      async (caller) => {
        const asks = Array.from({ length: 3 }, () => caller.ask('roots/list', undefined, NEVER));
        const [third] = (await Promise.allSettled(asks.slice(2))) as PromiseRejectedResult[];
        caller.tell('notifications/message', { level: 'info', data: 'refused' });
        await Promise.all(asks.slice(0, 2));
        return { code: third!.reason.code };
      },
      { asksPerSession: 2 },
    );
    const client = await AskedClient.open(server);
    const talk = client.call('s__t');
    await expect.poll(() => client.heard).toHaveLength(3);
    for (const { id } of client.heard.slice(0, 2)) await client.send({ id, result: {} });
    expect((await talk).at(-1)).toMatchObject({ result: { code: -32003 } });
  });
});
