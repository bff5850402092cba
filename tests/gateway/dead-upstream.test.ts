import { describe, expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

describe('a service that is down', () => {
  it('breaks no list, and its calls say that nothing was sent', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    fleet.serve(
      'dead',
      snapshotOf({ tools: [{ name: 'x' }], resources: [{ uri: 'dead://x' }], prompts: [{ name: 'p' }] }),
    );
    const server = await GatewayServer.start(fleet);
    for (const method of ['tools/list', 'resources/list', 'prompts/list', 'resources/templates/list'])
      expect(await server.call(method)).toHaveProperty('result');
    const echo = await server.call('tools/call', { name: 'every__echo', arguments: { message: 'hi' } });
    expect(echo.result.content).toEqual([{ type: 'text', text: 'Echo: hi' }]);
    for (const [method, params] of [
      ['tools/call', { name: 'dead__x' }],
      ['prompts/get', { name: 'dead__p' }],
      ['resources/read', { uri: 'dead://x' }],
    ] as const)
      expect(await server.call(method, params)).toMatchObject({
        error: { code: -32000, data: { sent: false, service: 'dead' } },
      });
    await real.close();
  });

  it('answers the call that was in flight when it died', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real);
    const server = await GatewayServer.start(fleet);
    const params = { name: 'every__trigger-long-running-operation', arguments: { duration: 25, steps: 1 } };
    const call = server.call('tools/call', params);
    await expect.poll(() => server.gateway.stats().inFlight).toBe(1);
    await real.close();
    expect(await call).toMatchObject({ id: 1, error: { code: -32000, data: { sent: true } } });
  });
});
