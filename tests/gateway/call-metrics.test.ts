import { describe, expect, it } from 'vitest';
import { createGateway } from '../../src/gateway/index.ts';
import type { CallOutcome, Upstream } from '../../src/reconcile/ports.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { FakeClock } from '../helpers/clock.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

/** A gateway over one service, `notes`, whose tools answer as they are told, and what it reported. */
function rig(answer: () => Promise<JsonObject>) {
  const told: string[] = [];
  const fleet = new ServedFleet();
  const request = () => answer();
  const tools = [{ name: 'echo', inputSchema: { type: 'object' } }];
  fleet.serve('notes', snapshotOf({ tools }), {}, {
    ref: { identity: 'notes', runHash: 'r', id: 'i' },
    request,
  } as unknown as Upstream);
  const gateway = createGateway({
    view: fleet,
    clock: new FakeClock(),
    version: '0',
    principal: () => 'owner',
    onFault: () => undefined,
    metrics: { begin: (service) => (outcome) => told.push(`${service} ${outcome}`) },
  });
  const call = (tool = 'notes__echo', signal = new AbortController().signal) =>
    gateway.tools.call(undefined, tool, {}, signal);
  return { told, fleet, call };
}

const refused = (code: number) => () => Promise.reject(new RpcError(code, 'no'));
const outcomes: readonly (readonly [CallOutcome, () => Promise<JsonObject>])[] = [
  ['success', () => Promise.resolve({ content: [] })],
  ['tool_error', () => Promise.resolve({ content: [], isError: true })],
  ['error', refused(RPC.invalidParams)],
  ['error', () => Promise.reject(new TypeError('a fault of ours'))],
  ['timeout', refused(RPC.timeout)],
  ['unavailable', refused(RPC.unavailable)],
  ['overloaded', refused(RPC.overloaded)],
];

describe('what became of a call', () => {
  it.each(outcomes)('is told as %s', async (outcome, answer) => {
    const { told, call } = rig(answer);
    await call().catch(() => undefined);
    expect(told).toEqual([`notes ${outcome}`]);
  });

  it('is told as unavailable where the service is away', async () => {
    const { told, fleet, call } = rig(() => Promise.resolve({}));
    fleet.down('notes');
    await call().catch(() => undefined);
    expect(told).toEqual(['notes unavailable']);
  });

  it('is told as cancelled where the caller has gone', async () => {
    const caller = new AbortController();
    const { told, call } = rig(() => {
      caller.abort(new Error('gone'));
      return Promise.reject(new RpcError(RPC.unavailable, 'cancelled'));
    });
    await call('notes__echo', caller.signal).catch(() => undefined);
    expect(told).toEqual(['notes cancelled']);
  });

  it('is not told of a tool that nobody has', async () => {
    const { told, call } = rig(() => Promise.resolve({}));
    await call('notes__other').catch(() => undefined);
    expect(told).toEqual([]);
  });
});
