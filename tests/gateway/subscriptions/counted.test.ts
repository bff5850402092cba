import { describe, expect, it } from 'vitest';
import { RPC, RpcError } from '../../../src/shared/json-rpc.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';
import { DOCS, subscribable, subscription } from '../../helpers/subscribed-service.ts';

async function serving(said: string[], limits = {}, answer?: () => Promise<object>) {
  const fleet = new ServedFleet();
  fleet.serve('docs', DOCS, {}, subscribable('docs', said, 'first', answer as never));
  return { fleet, server: await GatewayServer.start(fleet, limits) };
}

describe('subscriptions', () => {
  it('reach the service with the first session and leave it with the last', async () => {
    const said: string[] = [];
    const { server } = await serving(said);
    const [a, b] = [await server.initialize(), await server.initialize()];
    for (const session of [a, b, a]) expect((await subscription(server, session, 'doc://a')).result).toEqual({});
    expect(said).toEqual(['first +doc://a']);
    await subscription(server, a, 'doc://a', 'unsubscribe');
    expect((await subscription(server, a, 'doc://a', 'unsubscribe')).result).toEqual({});
    expect(said).toEqual(['first +doc://a']);
    await subscription(server, b, 'doc://a', 'unsubscribe');
    await expect.poll(() => said).toEqual(['first +doc://a', 'first -doc://a']);
  });

  it('of a session that ends are given back', async () => {
    const said: string[] = [];
    const { server } = await serving(said);
    const session = await server.initialize();
    for (const uri of ['doc://a', 'doc://b', 'tree://x/y']) await subscription(server, session, uri);
    await fetch(`${server.origin}/mcp`, { method: 'DELETE', headers: session });
    await expect.poll(() => said.slice(3).sort()).toEqual(['first -doc://a', 'first -doc://b', 'first -tree://x/y']);
  });

  it('that the service refuses are none, and its error comes as it is', async () => {
    const said: string[] = [];
    const refusal = () => Promise.reject(new RpcError(-32002, 'Resource not found', { uri: 'doc://a' }));
    const { server } = await serving(said, {}, refusal);
    const session = await server.initialize();
    const error = { code: -32002, message: 'Resource not found', data: { uri: 'doc://a' } };
    expect((await subscription(server, session, 'doc://a')).error).toEqual(error);
    expect((await subscription(server, session, 'doc://a')).error).toEqual(error);
    expect(said).toEqual(['first +doc://a', 'first +doc://a']);
  });

  it('are bounded for a session and in all', async () => {
    const { server } = await serving([], { subscriptions: 3, subscriptionsPerSession: 2 });
    const [a, b] = [await server.initialize(), await server.initialize()];
    const room = async (session: Record<string, string>, uri: string) =>
      (await subscription(server, session, uri)).error?.code ?? 'room';
    expect([await room(a, 'doc://a'), await room(a, 'doc://b'), await room(a, 'tree://x/1')]).toEqual([
      'room',
      'room',
      RPC.overloaded,
    ]);
    expect([await room(b, 'doc://a'), await room(b, 'doc://b')]).toEqual(['room', RPC.overloaded]);
    expect(await room(b, `tree://x/${'y'.repeat(9000)}`)).toBe(RPC.invalidParams);
  });

  it('need a session, a resource, and a service that has them', async () => {
    const { fleet, server } = await serving([]);
    fleet.serve('plain', snapshotOf({ capabilities: { resources: {} }, resources: [{ uri: 'plain://x' }] }));
    const session = await server.initialize();
    const code = async (uri: string, headers = session) => (await subscription(server, headers, uri)).error.code;
    expect(await code('doc://a', {})).toBe(RPC.invalidRequest);
    expect(await code('nope://x')).toBe(RPC.resourceNotFound);
    expect(await code('plain://x')).toBe(RPC.methodNotFound);
    fleet.down('docs');
    expect((await subscription(server, session, 'doc://b')).error).toMatchObject({
      code: -32000,
      data: { sent: false },
    });
  });

  it('are declared where a service has them', async () => {
    const { fleet, server } = await serving([]);
    const declared = async () => {
      const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } };
      return (await server.call('initialize', params)).result.capabilities.resources;
    };
    expect(await declared()).toEqual({ listChanged: true, subscribe: true });
    fleet.serve('docs', { ...DOCS, capabilities: { resources: { subscribe: 'yes' } } });
    expect(await declared()).toEqual({ listChanged: true });
  });
});
