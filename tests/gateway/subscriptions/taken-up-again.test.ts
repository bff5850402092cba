import { describe, expect, it } from 'vitest';
import { RPC, RpcError } from '../../../src/shared/json-rpc.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet } from '../../helpers/served-fleet.ts';
import { DOCS, subscribable, subscription } from '../../helpers/subscribed-service.ts';

async function subscribed(said: string[]) {
  const fleet = new ServedFleet();
  fleet.serve('docs', DOCS, {}, subscribable('docs', said));
  const server = await GatewayServer.start(fleet);
  const session = await server.initialize();
  const { received } = await server.listen(session);
  await subscription(server, session, 'doc://a');
  said.length = 0;
  return { fleet, server, session, received };
}

const uris = (received: readonly { params: { uri: string } }[]) => received.map(({ params }) => params.uri);

describe('a subscription', () => {
  it('is taken up again by the next instance, and its session looks once more', async () => {
    const said: string[] = [];
    const { fleet, received } = await subscribed(said);
    fleet.down('docs');
    expect(said).toEqual([]);
    fleet.replace('docs', subscribable('docs', said, 'second'));
    await expect.poll(() => uris(received)).toEqual(['doc://a']);
    expect(said).toEqual(['second +doc://a']);
  });

  it('is asked for again with the next change where the new instance could not take it', async () => {
    const said: string[] = [];
    const { fleet } = await subscribed(said);
    const busy = () => Promise.reject(new RpcError(RPC.overloaded, 'all places are taken', { sent: false }));
    fleet.replace('docs', subscribable('docs', said, 'second', busy));
    await expect.poll(() => said).toEqual(['second +doc://a']);
    fleet.replace('docs', subscribable('docs', said, 'third'));
    await expect.poll(() => said).toEqual(['second +doc://a', 'third +doc://a']);
  });

  it('that nobody wants any more is not taken up', async () => {
    const said: string[] = [];
    const { fleet, server, session } = await subscribed(said);
    fleet.down('docs');
    await subscription(server, session, 'doc://a', 'unsubscribe');
    fleet.replace('docs', subscribable('docs', said, 'second'));
    await subscription(server, session, 'doc://b');
    expect(said).toEqual(['second +doc://b']);
  });

  it('wakes a service that sleeps', async () => {
    const said: string[] = [];
    const fleet = new ServedFleet();
    const wake = () => {
      fleet.replace('docs', subscribable('docs', said));
      return Promise.resolve(fleet.get('docs')!.upstream()!);
    };
    fleet.serve('docs', DOCS, { wake });
    const server = await GatewayServer.start(fleet);
    expect((await subscription(server, await server.initialize(), 'doc://a')).result).toEqual({});
    expect(said).toEqual(['first +doc://a']);
  });

  it('is not had of a service that answers late: whoever gave up is not subscribed', async () => {
    const said: string[] = [];
    const fleet = new ServedFleet();
    const waiting: (() => void)[] = [];
    const late = () => new Promise<object>((resolve) => waiting.push(() => resolve({})));
    fleet.serve('docs', DOCS, {}, subscribable('docs', said, 'first', late as never));
    const server = await GatewayServer.start(fleet);
    const session = await server.initialize();
    const request = { jsonrpc: '2.0', id: 7, method: 'resources/subscribe', params: { uri: 'doc://a' } };
    const asked = server.post(request, session);
    await expect.poll(() => said).toEqual(['first +doc://a']);
    await server.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } }, session);
    expect((await asked).status).toBe(202);
    waiting[0]!();
    await expect.poll(() => said).toEqual(['first +doc://a', 'first -doc://a']);
  });
});
