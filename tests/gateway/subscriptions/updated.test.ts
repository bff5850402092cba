import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { everythingUpstream } from '../../helpers/real-upstream.ts';
import { ServedFleet } from '../../helpers/served-fleet.ts';
import { changed, DOCS, subscribable, subscription } from '../../helpers/subscribed-service.ts';

const updated = (uri: string, more = {}) => ({
  jsonrpc: '2.0',
  method: 'notifications/resources/updated',
  params: { uri, ...more },
});
const verbatim = { title: 'verbatim' };

describe('a resource that has changed', () => {
  it('is told to its subscribers only, under the URI that each of them uses', async () => {
    const fleet = new ServedFleet();
    fleet.serve('a', DOCS, {}, subscribable('a', []));
    fleet.serve('b', DOCS, {}, subscribable('b', []));
    const server = await GatewayServer.start(fleet);
    const heard = async (uri?: string, path?: string) => {
      const session = await server.initialize('2025-11-25', {}, path);
      const { received } = await server.listen(session, path);
      if (uri !== undefined) await subscription(server, session, uri, 'subscribe', path);
      return received;
    };
    const ofA = await heard('doc://a');
    const ofB = await heard('mcp+b:///doc://a');
    const rawB = await heard('doc://a', '/mcp/s/b');
    const none = await heard();
    changed(fleet, 'b', 'doc://a');
    changed(fleet, 'b', 'doc://b');
    changed(fleet, 'a', 'doc://a');
    await expect.poll(() => ofA).toEqual([updated('doc://a', verbatim)]);
    await expect.poll(() => ofB).toEqual([updated('mcp+b:///doc://a', verbatim)]);
    await expect.poll(() => rawB).toEqual([updated('doc://a', verbatim)]);
    expect(none).toEqual([]);
  });

  it('is told to whoever subscribed to the whole that it is a part of', async () => {
    const fleet = new ServedFleet();
    fleet.serve('a', DOCS, {}, subscribable('a', []));
    fleet.serve('b', DOCS, {}, subscribable('b', []));
    const server = await GatewayServer.start(fleet);
    const session = await server.initialize();
    const { received } = await server.listen(session);
    await subscription(server, session, 'mcp+b:///tree://x/y');
    for (const uri of ['tree://x/yz', 'tree://x', 'tree://x/y/z?q#f']) changed(fleet, 'b', uri);
    await expect.poll(() => received).toEqual([updated('mcp+b:///tree://x/y/z?q#f', verbatim)]);
  });

  it('waits for a session that has no stream, once and not for ever more', async () => {
    const fleet = new ServedFleet();
    fleet.serve('docs', DOCS, {}, subscribable('docs', []));
    const server = await GatewayServer.start(fleet);
    const session = await server.initialize();
    await subscription(server, session, 'tree://x/y');
    for (let part = 0; part < 100; part++) changed(fleet, 'docs', `tree://x/y/${String(part)}`);
    const { received } = await server.listen(session);
    await expect.poll(() => received).toEqual([updated('tree://x/y')]);
  });

  it('comes from the reference server, which sends it to one connection for all', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    real.upstream.onNotification((method, params) => fleet.told('every', method, params));
    const server = await GatewayServer.start(fleet);
    const [wants, other] = [await server.initialize(), await server.initialize()];
    const [heard, nothing] = [await server.listen(wants), await server.listen(other)];
    const uri = 'demo://resource/dynamic/text/1';
    expect((await subscription(server, wants, uri)).result).toEqual({});
    await server.call('tools/call', { name: 'every__toggle-subscriber-updates', arguments: {} }, other);
    await expect.poll(() => heard.received).toContainEqual(updated(uri));
    expect(nothing.received.filter(({ method }) => method === updated(uri).method)).toEqual([]);
    await real.close();
  });
});
