import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/gateway/index.ts';
import { systemClock } from '../helpers/clock.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ProgressServer } from '../helpers/progress-server.ts';
import { serverUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

describe('an error', () => {
  it('of the service passes with its code, message and data', async () => {
    const fleet = new ServedFleet();
    await fleet.add('p', await serverUpstream('p', new ProgressServer().mcp));
    const server = await GatewayServer.start(fleet);
    expect((await server.call('tools/call', { name: 'p__fail' })).error).toEqual({
      code: -32042,
      message: 'refused',
      data: { url: 'x' },
    });
  });

  it('of ours tells the caller its number, and the daemon the rest', async () => {
    const fleet = new ServedFleet();
    const broken = {
      ref: { identity: 's', runHash: '', id: '' },
      server: { protocolVersion: '', capabilities: {}, serverInfo: {} },
      request: () => Promise.reject(new Error('at /secret/path')),
      notify: async () => undefined,
      onNotification: () => () => undefined,
      activity: { inFlight: 0 },
    };
    fleet.serve('s', snapshotOf({ tools: [{ name: 't' }] }), {}, broken);
    const server = await GatewayServer.start(fleet);
    expect((await server.call('tools/call', { name: 's__t' })).error).toEqual({
      code: -32603,
      message: 'Internal error',
    });
    expect(server.faults).toEqual([new Error('at /secret/path')]);
  });

  it('of time tells that the call may have run', async () => {
    const fleet = new ServedFleet();
    const upstream = new ProgressServer();
    await fleet.add('p', await serverUpstream('p', upstream.mcp), { timeoutMs: 50 });
    const server = await GatewayServer.start(fleet);
    expect((await server.call('tools/call', { name: 'p__hang', arguments: { label: 'x' } })).error).toMatchObject({
      code: -32001,
      data: { sent: true },
    });
    await expect.poll(() => upstream.cancelled).toEqual(['x']);
  });

  it('of the app’s own hooks keeps the form of the app', async () => {
    const app = Fastify();
    app.setErrorHandler((error, _request, reply) => reply.code(403).send({ error: (error as Error).message }));
    app.addHook('onRequest', () => Promise.reject(new Error('this Host is not allowed')));
    const view = new ServedFleet();
    createGateway({ view, clock: systemClock, version: '1', principal: () => 'x', onFault: () => undefined }).register(
      app,
    );
    for (const method of ['GET', 'POST', 'PUT'] as const) {
      const response = await app.inject({ method, url: '/mcp' });
      expect([response.statusCode, response.json()]).toEqual([403, { error: 'this Host is not allowed' }]);
    }
    await app.close();
  });

  it.each(['x', 5, true, [['a', 1]]])(
    'says that arguments must be an object, not %j, and asks nobody',
    async (given) => {
      const fleet = new ServedFleet();
      fleet.serve('s', snapshotOf({ tools: [{ name: 't' }], prompts: [{ name: 'p' }] }));
      const server = await GatewayServer.start(fleet);
      const error = { code: -32602, message: 'params.arguments must be an object' };
      expect((await server.call('tools/call', { name: 's__t', arguments: given })).error).toEqual(error);
      expect((await server.call('prompts/get', { name: 's__p', arguments: given })).error).toEqual(error);
    },
  );
});
