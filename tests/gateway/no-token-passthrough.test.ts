import { expect, it, onTestFinished } from 'vitest';
import { actContext, desiredOf, driverRig, remoteOrigin } from '../helpers/driver-rig.ts';
import { fakeRemote, json } from '../helpers/fake-remote.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

it('what a client says of itself to the gateway never reaches a service', async () => {
  const remote = await fakeRemote(({ message }, response) =>
    message?.method === 'tools/call' ? json(response, { jsonrpc: '2.0', id: message.id, result: {} }) : false,
  );
  const rig = driverRig();
  onTestFinished(() => rig.close());
  const driver = rig.driver('remote_mcp');
  const ref = await driver.start(desiredOf(remoteOrigin(remote.endpoint)), actContext());
  const fleet = new ServedFleet();
  fleet.serve('far', snapshotOf({ tools: [{ name: 'x' }] }), {}, driver.connect(ref));
  const server = await GatewayServer.start(fleet);
  const own = { authorization: 'Bearer of-the-client', cookie: 'a=of-the-client', 'x-clarity-token': 'of-the-client' };
  const session = await server.initialize('2025-11-25', own, '/mcp', { sampling: {} });
  for (const headers of [own, session])
    expect(await server.call('tools/call', { name: 'far__x' }, headers)).toHaveProperty('result');
  expect(remote.seen.filter(({ message }) => message?.method === 'tools/call')).toHaveLength(2);
  const sent = JSON.stringify(remote.seen);
  expect(sent).not.toContain('of-the-client');
  expect(sent).not.toContain(session['mcp-session-id']);
});
