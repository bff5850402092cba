import { describe, expect, it } from 'vitest';
import type { Upstream } from '../../src/reconcile/ports.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { fakeUpstream, MET } from '../helpers/fake-upstream.ts';
import { GatewayServer } from '../helpers/gateway-server.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const SNAPSHOT = snapshotOf({
  capabilities: { completions: {} },
  tools: [{ name: 't' }],
  prompts: [{ name: 'p' }],
  resources: [{ uri: 'notes://x' }],
});

const CALLS: readonly (readonly [string, object])[] = [
  ['tools/call', { name: 'notes__t' }],
  ['prompts/get', { name: 'notes__p' }],
  ['resources/read', { uri: 'notes://x' }],
  ['completion/complete', { ref: { type: 'ref/prompt', name: 'notes__p' }, argument: { name: 'a', value: '' } }],
];

/** A service that sleeps; `signals` has one signal for each wake. */
async function sleeping(wake: (signal: AbortSignal) => Promise<Upstream>) {
  const fleet = new ServedFleet();
  const signals: AbortSignal[] = [];
  const waking = (signal: AbortSignal) => {
    signals.push(signal);
    return wake(signal);
  };
  fleet.serve('notes', SNAPSHOT, { wake: waking });
  return { fleet, signals, server: await GatewayServer.start(fleet) };
}

describe('a service that sleeps', () => {
  it.each(CALLS)('is woken by %s, whose answer is its own', async (method, params) => {
    const asked: string[] = [];
    const upstream = fakeUpstream('notes', (what) => {
      asked.push(what);
      return MET.result();
    });
    const { server, signals } = await sleeping(() => Promise.resolve(upstream));
    expect(await server.call(method, params)).toMatchObject({ result: { content: [] } });
    expect([signals.length, asked]).toEqual([1, [method]]);
  });

  it('sleeps on while lists are read', async () => {
    const { server, signals } = await sleeping(() => Promise.reject(new Error('not wanted')));
    for (const list of ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'])
      expect(await server.call(list)).toHaveProperty('result');
    expect(signals).toEqual([]);
  });

  it('is not woken where it runs', async () => {
    const { server, fleet, signals } = await sleeping(() => Promise.reject(new Error('not wanted')));
    fleet.replace('notes', fakeUpstream('notes', MET.result));
    expect(await server.call('tools/call', { name: 'notes__t' })).toHaveProperty('result');
    expect(signals).toEqual([]);
  });

  it('says why it cannot be woken, and is not suspected for it', async () => {
    const error = new RpcError(RPC.unavailable, 'its command is missing', { sent: false });
    const { server, fleet } = await sleeping(() => Promise.reject(error));
    expect(await server.call('tools/call', { name: 'notes__t' })).toMatchObject({ error: error.toBody() });
    expect(fleet.suspected).toEqual([]);
  });

  it('hears that the caller has gone', async () => {
    const { server, signals } = await sleeping(
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('gone')))),
    );
    const session = await server.initialize();
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'notes__t' } };
    const answer = server.post(call, session);
    await expect.poll(() => signals.length).toBe(1);
    await server.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }, session);
    expect((await answer).status).toBe(202);
    expect(server.faults).toEqual([]);
  });

  it('that fell asleep under a call is woken again for it', async () => {
    const { server, fleet, signals } = await sleeping(() =>
      Promise.resolve(fakeUpstream('notes', MET.result, 'second')),
    );
    const falling = fakeUpstream('notes', () => {
      fleet.down('notes');
      return MET.neverRan();
    });
    fleet.replace('notes', falling);
    expect(await server.call('tools/call', { name: 'notes__t' })).toMatchObject({ result: { content: [] } });
    expect(signals.length).toBe(1);
  });
});
