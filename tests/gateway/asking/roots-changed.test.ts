import { describe, expect, it } from 'vitest';
import { AskedClient } from '../../helpers/asked-client.ts';
import { fakeUpstream } from '../../helpers/fake-upstream.ts';
import { GatewayServer } from '../../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../../helpers/served-fleet.ts';

const CHANGED = { method: 'notifications/roots/list_changed' };

describe('roots/list_changed of a client', () => {
  it('goes to the services that this client sees, as its own; not where it was not declared', async () => {
    const told: [string, string][] = [];
    const callers: (string | undefined)[] = [];
    const fleet = new ServedFleet();
    for (const identity of ['one', 'two'])
      fleet.serve(
        identity,
        snapshotOf({ tools: [{ name: 't' }] }),
        {},
        {
          ...fakeUpstream(identity, (_method, _params, { caller }) => {
            callers.push(caller?.client.id);
            return Promise.resolve({});
          }),
          clientChanged: ({ id }) => told.push([identity, id]),
        },
      );
    fleet.serve(
      'old',
      snapshotOf({}),
      {},
      fakeUpstream('old', () => Promise.resolve({})),
    );
    fleet.serve('down', snapshotOf({}));
    const server = await GatewayServer.start(fleet);
    const all = await AskedClient.open(server);
    const one = await AskedClient.open(server, { path: '/mcp/s/one' });
    const silent = await AskedClient.open(server, { capabilities: { roots: {} } });
    await all.call('one__t');
    await one.call('t');
    for (const client of [all, one, silent]) expect((await client.send(CHANGED)).status).toBe(202);
    expect((await server.post({ jsonrpc: '2.0', ...CHANGED })).status).toBe(202);
    expect(new Set(callers).size).toBe(2);
    expect(told).toEqual([
      ['one', callers[0]],
      ['two', callers[0]],
      ['one', callers[1]],
    ]);
  });
});
