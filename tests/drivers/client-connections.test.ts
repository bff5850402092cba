import { describe, expect, it } from 'vitest';
import { ClientConnections } from '../../src/drivers/client-connections.ts';
import type { Connection } from '../../src/drivers/connection.ts';
import type { Represented } from '../../src/drivers/represented.ts';
import { RPC } from '../../src/shared/json-rpc.ts';
import { resolvable } from '../../src/shared/resolvable.ts';
import { FakeClock } from '../helpers/clock.ts';
import { TestClient } from '../helpers/test-client.ts';

const MINUTES = 60_000;
const SAMPLING = { sampling: {} };
const ROOTS = { roots: {} };

/** Connections that answer with their number; `hang` answers when the test says. */
function rig(session: 'auto' | 'perClient', failing: () => Error | undefined = () => undefined) {
  const clock = new FakeClock();
  const opened: Represented[] = [];
  const closed: number[] = [];
  const hanging: (() => void)[] = [];
  const told: number[] = [];
  const overs: (() => void)[] = [];
  const open = (represented: Represented, signal: AbortSignal): Promise<Connection> => {
    const nth = opened.push(represented);
    const failure = failing();
    if (failure !== undefined) return Promise.reject(failure);
    const over = resolvable();
    overs.push(over.resolve);
    const session = {
      over: over.promise,
      request: (method: string, params: { task?: unknown } | undefined) => {
        if (method === 'hang') return new Promise((resolve) => hanging.push(() => resolve({ nth })));
        return Promise.resolve({ nth, ...(params?.task === undefined ? {} : { task: { ttl: 60 * MINUTES } }) });
      },
      notify: () => Promise.resolve(void told.push(nth)),
    };
    const close = () => Promise.resolve(void closed.push(nth));
    const connection = { session, server: {}, close } as unknown as Connection;
    return signal.aborted ? Promise.reject(new Error('too late')) : Promise.resolve(connection);
  };
  const connections = new ClientConnections({ clock, open, log: () => undefined });
  const request = async (client: TestClient, method = 'x', params?: { task?: object }) =>
    (await connections.request(method, params as never, { timeoutMs: 1000, caller: client.caller(), session })).nth;
  return { clock, connections, opened, closed, hanging, told, overs, request };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const clients = (count: number, capabilities = {}) =>
  Array.from({ length: count }, (_, nth) => new TestClient(`c${nth}`, capabilities));

describe('connections by capabilities', () => {
  it('are shared by clients of equal ones, however many ask at once', async () => {
    const { request, opened } = rig('auto');
    const [a, b] = clients(2, SAMPLING);
    const other = new TestClient('other', ROOTS);
    expect(await Promise.all([request(a!), request(b!), request(other), request(a!)])).toEqual([1, 1, 2, 1]);
    expect(opened.map(({ capabilities }) => capabilities)).toEqual([SAMPLING, ROOTS]);
  });

  it('know their only client, until there is another', async () => {
    const { request, opened } = rig('auto');
    const [a, b] = clients(2, SAMPLING);
    await request(a!);
    expect(opened[0]!.sole()?.client).toBe(a);
    await request(b!);
    expect(opened[0]!.sole()).toBeUndefined();
  });

  it('are one client’s own from when its roots were told', async () => {
    const { request, opened, connections, told } = rig('auto');
    const [a, b] = clients(2, ROOTS);
    await request(a!);
    opened[0]!.bind(a!);
    expect([await request(b!), await request(a!)]).toEqual([2, 1]);
    connections.changed(a!);
    await settled();
    expect(told).toEqual([1]);
  });
});

describe('connections by client', () => {
  it('are one for each', async () => {
    const { request } = rig('perClient');
    const [a, b] = clients(2);
    expect(await Promise.all([request(a!), request(b!), request(a!)])).toEqual([1, 2, 1]);
  });

  it('are 32 at most: the longest idle one gives way', async () => {
    const { request, closed, clock } = rig('perClient');
    for (const client of clients(32)) {
      clock.advance(1);
      await request(client);
    }
    await request(new TestClient('c0'));
    clock.advance(1);
    expect(await request(new TestClient('one more'))).toBe(33);
    expect(closed).toEqual([2]);
  });

  it('are refused, as never sent, while all 32 are in use', async () => {
    const { request, hanging } = rig('perClient');
    const pending = clients(32).map((client) => request(client, 'hang'));
    await settled();
    const late = new TestClient('late');
    await expect(request(late)).rejects.toMatchObject({ code: RPC.overloaded, data: { sent: false } });
    hanging[0]!();
    await pending[0];
    expect(await request(late)).toBe(33);
  });
});

describe('a connection of clients', () => {
  it('ends after five minutes without a call', async () => {
    const { request, closed, clock, hanging } = rig('perClient');
    const client = new TestClient('a');
    await request(client);
    clock.advance(4 * MINUTES);
    const call = request(client, 'hang');
    await settled();
    clock.advance(9 * MINUTES);
    hanging[0]!();
    await call;
    clock.advance(4.9 * MINUTES);
    expect(closed).toEqual([]);
    clock.advance(5.1 * MINUTES);
    await settled();
    expect(closed).toEqual([1]);
    expect(clock.pending).toBe(0);
    expect(await request(client)).toBe(2);
  });

  it('opened only to read what its clients are offered ends after one minute, and serves their calls until then', async () => {
    const { connections, request, opened, closed, clock } = rig('auto');
    const [reader, other] = clients(2, SAMPLING);
    await connections.connectionFor(reader!.caller(), {});
    clock.advance(0.9 * MINUTES);
    expect(closed).toEqual([]);
    clock.advance(0.2 * MINUTES);
    await settled();
    expect(closed).toEqual([1]);
    await connections.connectionFor(reader!.caller(), {});
    expect(await request(other!)).toBe(2);
    clock.advance(4 * MINUTES);
    await settled();
    expect([opened.length, closed]).toEqual([2, [1]]);
  });

  it('that has made a task stays for as long as the task is kept', async () => {
    const { request, closed, clock } = rig('perClient');
    await request(new TestClient('a'), 'x', { task: {} });
    clock.advance(64 * MINUTES);
    expect(closed).toEqual([]);
    clock.advance(10 * MINUTES);
    await settled();
    expect(closed).toEqual([1]);
  });

  it('that breaks is replaced with the next call', async () => {
    const { request, overs, closed } = rig('perClient');
    const client = new TestClient('a');
    await request(client);
    overs[0]!();
    await settled();
    expect(closed).toEqual([1]);
    expect(await request(client)).toBe(2);
  });

  it('that cannot be opened says why, and is tried again after a second', async () => {
    let failure: Error | undefined = new Error('it does not start');
    const { request, opened, clock } = rig('perClient', () => failure);
    const client = new TestClient('a');
    const refused = {
      code: RPC.unavailable,
      message: expect.stringContaining('does not start'),
      data: { sent: false },
    };
    await expect(request(client)).rejects.toMatchObject(refused);
    await expect(request(client)).rejects.toMatchObject(refused);
    expect(opened).toHaveLength(1);
    failure = undefined;
    clock.advance(1000);
    expect(await request(client)).toBe(2);
  });

  it('ends with the instance, and none is opened any more', async () => {
    const { request, connections, closed, clock } = rig('perClient');
    await Promise.all(clients(3).map((client) => request(client)));
    const opening = request(new TestClient('opening'));
    await Promise.all([connections.close(0), opening.catch(() => undefined)]);
    expect(closed.toSorted()).toEqual([1, 2, 3, 4]);
    expect(clock.pending).toBe(0);
    await expect(request(new TestClient('late'))).rejects.toMatchObject({ code: RPC.unavailable });
  });
});
