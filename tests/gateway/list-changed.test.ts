import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const changed = (list: string) => ({ jsonrpc: '2.0', method: `notifications/${list}/list_changed` });

async function fleetGateway() {
  const clock = new FakeClock();
  const fleet = new ServedFleet();
  fleet.serve('one', snapshotOf({ capabilities: { prompts: {} } }));
  fleet.serve('two', snapshotOf({}));
  const server = await GatewayServer.start(fleet, { clock });
  return { clock, fleet, server };
}

describe('list_changed', () => {
  it('goes once for many changes, after the new list is there', async () => {
    const { clock, fleet, server } = await fleetGateway();
    const { received } = await server.listen(await server.initialize());
    for (let change = 0; change < 5; change++) {
      fleet.serve('one', snapshotOf({ tools: [{ name: `t${String(change)}` }] }));
      clock.advance(30);
    }
    expect(received).toEqual([]);
    expect((await server.call('tools/list')).result.tools).toMatchObject([{ name: 'one__t4' }]);
    clock.advance(200);
    await expect.poll(() => received).toEqual([changed('tools'), changed('prompts')]);
  });

  it('goes only to the sessions that see the service, and only for what their initialize promised', async () => {
    const { clock, fleet, server } = await fleetGateway();
    const all = await server.listen(await server.initialize());
    const one = await server.listen(await server.initialize(undefined, {}, '/mcp/s/one'), '/mcp/s/one');
    const two = await server.listen(await server.initialize(undefined, {}, '/mcp/s/two'), '/mcp/s/two');
    fleet.changed({ identity: 'one', tools: true, resources: true, prompts: true });
    clock.advance(200);
    fleet.changed({ identity: 'two', tools: true, resources: true, prompts: true });
    clock.advance(200);
    await expect.poll(() => two.received).toEqual([changed('tools')]);
    await expect.poll(() => one.received).toEqual([changed('tools'), changed('prompts')]);
    await expect
      .poll(() => all.received)
      .toEqual([changed('tools'), changed('prompts'), changed('tools'), changed('prompts')]);
  });

  it('waits, once, for a session whose stream is not open yet', async () => {
    const { clock, fleet, server } = await fleetGateway();
    const session = await server.initialize();
    for (let change = 0; change < 3; change++) {
      fleet.changed({ identity: 'two', tools: true, resources: false, prompts: false });
      clock.advance(200);
    }
    const { received } = await server.listen(session);
    await expect.poll(() => received).toEqual([changed('tools')]);
    fleet.changed({ identity: 'two', tools: true, resources: false, prompts: false });
    clock.advance(200);
    await expect.poll(() => received).toHaveLength(2);
  });

  it('is not sent where only the instance changed', async () => {
    const { clock, fleet, server } = await fleetGateway();
    const { received } = await server.listen(await server.initialize());
    fleet.down('one');
    clock.advance(1000);
    fleet.changed({ identity: 'one', tools: true, resources: false, prompts: false });
    clock.advance(200);
    await expect.poll(() => received).toEqual([changed('tools')]);
  });
});
