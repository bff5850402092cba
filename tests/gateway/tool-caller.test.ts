import { describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../../src/gateway/index.ts';
import { RPC } from '../../src/shared/json-rpc.ts';
import { systemClock } from '../helpers/clock.ts';
import { fakeUpstream } from '../helpers/fake-upstream.ts';
import { everythingUpstream } from '../helpers/real-upstream.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const echo = { name: 'echo', description: 'says it again', inputSchema: { type: 'object' } };
const signal = new AbortController().signal;

function gatewayOver(fleet: ServedFleet, faults: unknown[] = []): Gateway {
  return createGateway({
    view: fleet,
    clock: systemClock,
    version: '0',
    principal: () => 'owner',
    onFault: (error) => faults.push(error),
  });
}

describe('tools as services of the daemon see them', () => {
  it('are those of the gateway: prefixed for all, raw for one, hidden ones unknown', async () => {
    const fleet = new ServedFleet();
    const real = await everythingUpstream('every');
    await fleet.add('every', real, { toolRules: [{ allow: ['echo', 'get-env'] }, { deny: ['get-env'] }] });
    const { tools } = gatewayOver(fleet);
    expect(tools.tools(undefined)!.map(({ name }) => name)).toEqual(['every__echo']);
    expect(tools.tools('every')!.map(({ name }) => name)).toEqual(['echo']);
    const said = { content: [{ type: 'text', text: 'Echo: x' }] };
    expect(await tools.call(undefined, 'every__echo', { message: 'x' }, signal)).toMatchObject(said);
    expect(await tools.call('every', 'echo', { message: 'x' }, signal)).toMatchObject(said);
    for (const [service, tool] of [
      [undefined, 'every__get-env'],
      ['every', 'get-env'],
      [undefined, 'echo'],
    ] as const)
      await expect(tools.call(service, tool, {}, signal)).rejects.toMatchObject({
        code: RPC.invalidParams,
        message: `Unknown tool: ${tool}`,
      });
    await real.close();
  });

  it('follow the services: what came is listed, what is away is unavailable, what never was is unknown', async () => {
    const fleet = new ServedFleet();
    const { tools } = gatewayOver(fleet);
    expect(tools.tools(undefined)).toEqual([]);
    expect(tools.tools('notes')).toBeUndefined();
    await expect(tools.call('notes', 'echo', {}, signal)).rejects.toMatchObject({ code: RPC.invalidRequest });
    fleet.serve('notes', snapshotOf({ tools: [echo] }));
    expect(tools.tools('notes')).toEqual([echo]);
    expect(tools.tools(undefined)).toEqual([{ ...echo, name: 'notes__echo' }]);
    await expect(tools.call('notes', 'echo', {}, signal)).rejects.toMatchObject({
      code: RPC.unavailable,
      data: { sent: false },
    });
  });

  it('tell a fault of ours by its number only', async () => {
    const fleet = new ServedFleet();
    const faults: unknown[] = [];
    const fault = new Error('/a/path');
    const broken = fakeUpstream('notes', () => Promise.reject(fault));
    fleet.serve('notes', snapshotOf({ tools: [echo] }), {}, broken);
    const call = gatewayOver(fleet, faults).tools.call('notes', 'echo', {}, signal);
    await expect(call).rejects.toMatchObject({ code: RPC.internalError, message: 'Internal error' });
    expect(faults).toEqual([fault]);
  });
});
