import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/reconcile/ports.ts';
import type { JsonObject } from '../../../src/shared/json.ts';
import { RpcError } from '../../../src/shared/json-rpc.ts';
import { AskedClient } from '../../helpers/asked-client.ts';
import { turningUpstream } from '../../helpers/fake-upstream.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';

const NEVER = new AbortController().signal;
const COMPLETE = 'notifications/elicitation/complete';
const accept = () => ({ result: { action: 'accept' } });

const byUrl = (elicitationId: string) => ({
  mode: 'url',
  message: 'Sign in, please',
  url: 'https://user@example.org/a?b=%20#c',
  elicitationId,
  _meta: { 'x/y': [1] },
});

async function gatewayWhere(act: (caller: Caller, params: JsonObject) => Promise<JsonObject>) {
  const fleet = new ServedFleet();
  fleet.serve('a-b', snapshotOf({ tools: [{ name: 't' }] }), {}, turningUpstream('a-b', act));
  return { fleet, server: await GatewayServer.start(fleet) };
}

/** A server that sends each caller to the URL of that name. */
const sending = () =>
  gatewayWhere((caller, params) =>
    caller.ask('elicitation/create', byUrl((params.arguments as { id: string }).id), NEVER),
  );

describe('elicitation', () => {
  it('by URL passes unchanged, but says which service it is beside others', async () => {
    const { server } = await sending();
    const all = await AskedClient.open(server, { answer: accept });
    const one = await AskedClient.open(server, { answer: accept, path: '/mcp/s/a-b' });
    expect((await all.call('a_b__t', { arguments: { id: 'e' } })).at(-1).result).toEqual({ action: 'accept' });
    await one.call('t', { arguments: { id: 'e' } });
    expect(all.heard).toMatchObject([{ params: { ...byUrl('e'), message: '[a_b] Sign in, please' } }]);
    expect(one.heard.map(({ params }) => params)).toEqual([byUrl('e')]);
  });

  it('that a call needs first comes back as the error that it is', async () => {
    const data = { elicitations: [byUrl('e'), byUrl('f')], more: null };
    const { server } = await gatewayWhere(() => Promise.reject(new RpcError(-32042, 'This needs you', data)));
    const client = await AskedClient.open(server);
    const error = { code: -32042, message: 'This needs you', data };
    expect(await client.call('a_b__t')).toEqual([{ jsonrpc: '2.0', id: 1, error }]);
  });

  it('is told to be complete on the stream of the call, and after it on the standing one', async () => {
    const callers: Caller[] = [];
    const { server } = await gatewayWhere(async (caller) => {
      callers.push(caller);
      const result = await caller.ask('elicitation/create', byUrl('e'), NEVER);
      caller.tell(COMPLETE, { elicitationId: 'e' });
      return result;
    });
    const client = await AskedClient.open(server, { answer: accept });
    const other = await AskedClient.open(server, { capabilities: { elicitation: {} } });
    await Promise.all([client.listen(), other.listen()]);
    const complete = (elicitationId: string) => ({ jsonrpc: '2.0', method: COMPLETE, params: { elicitationId } });
    expect((await client.call('a_b__t')).slice(1, -1)).toEqual([complete('e')]);
    expect(await other.call('a_b__t')).toMatchObject([{ error: { code: -32602 } }]);
    callers[1]!.tell(COMPLETE, { elicitationId: 'not for this one' });
    callers[0]!.tell(COMPLETE, { elicitationId: 'late' });
    callers[0]!.client.tell(COMPLETE, { elicitationId: 'later' });
    await expect.poll(() => client.heard.slice(2)).toEqual([complete('late'), complete('later')]);
    expect(other.heard).toEqual([]);
  });
});
