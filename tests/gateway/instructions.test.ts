import { expect, it } from 'vitest';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const initialize = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '0' } };

it('instructions come under a heading each, in the order of namespaces', async () => {
  const fleet = new ServedFleet();
  fleet.serve('b', snapshotOf({ instructions: 'Be brief.' }));
  fleet.serve('a', snapshotOf({ instructions: ' Ask first.\n' }));
  fleet.serve('c', snapshotOf({ instructions: ' ' }));
  const server = await GatewayServer.start(fleet);
  const { result } = await server.call('initialize', initialize);
  expect(result.instructions).toBe('## a\n\nAsk first.\n\n## b\n\nBe brief.');
});

it('instructions stay within 8 KiB, and a long one leaves room for the others', async () => {
  const fleet = new ServedFleet();
  for (const name of ['a', 'b', 'c', 'd']) fleet.serve(name, snapshotOf({ instructions: name.repeat(10_000) }));
  const server = await GatewayServer.start(fleet);
  const { instructions } = (await server.call('initialize', initialize)).result;
  expect(instructions.length).toBeLessThanOrEqual(8192);
  for (const name of ['a', 'b', 'c', 'd']) expect(instructions).toContain(`## ${name}\n\n${name.repeat(2000)}`);
});
