import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desired, Driver } from '../../src/reconcile/ports.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { RPC } from '../../src/shared/json-rpc.ts';
import { makeDrivers } from '../../src/drivers/registry.ts';
import { actContext, BIN, desiredOf, driverRig, remoteOrigin, stdioOrigin } from '../helpers/driver-rig.ts';
import { everythingServer } from '../helpers/everything-server.ts';
import { wasmDesired } from '../helpers/wasm-desired.ts';

const rig = driverRig();
let http: Awaited<ReturnType<typeof everythingServer>>;
let sse: Awaited<ReturnType<typeof everythingServer>>;
beforeAll(async () => {
  [http, sse] = await Promise.all([everythingServer('streamableHttp'), everythingServer('sse')]);
});
afterAll(async () => {
  await rig.close();
  await Promise.all([http.stop(), sse.stop()]);
});

/** A call that takes so many milliseconds. */
type Slow = (ms: number) => JsonObject;
const everything: Slow = (ms) => ({
  name: 'trigger-long-running-operation',
  arguments: { duration: ms / 1000, steps: 1 },
});
const PROGRAM = `module Slow
function add(a: Int64, b: Int64) -> Int64 { a + b }
effect[Time] function nap(ms: Int64) -> Int64 { sleep(ms); ms }`;

/** Every registered driver with a real server; `tool` is one that it lists. */
const CASES: Record<string, { desired: () => Desired; tool: string; slow?: Slow }> = {
  'local_stdio everything': {
    desired: () => desiredOf(stdioOrigin(`${BIN}mcp-server-everything`, ['stdio'])),
    tool: 'echo',
    slow: everything,
  },
  'local_stdio memory': { desired: () => desiredOf(stdioOrigin(`${BIN}mcp-server-memory`)), tool: 'read_graph' },
  'local_stdio filesystem': {
    desired: () => desiredOf(stdioOrigin(`${BIN}mcp-server-filesystem`, ['tests/fixtures'])),
    tool: 'read_text_file',
  },
  'remote_mcp streamable_http': {
    desired: () => desiredOf(remoteOrigin(http.endpoint)),
    tool: 'echo',
    slow: everything,
  },
  'remote_mcp sse_http': {
    desired: () => desiredOf(remoteOrigin(sse.endpoint, { transport: 'sse_http' })),
    tool: 'echo',
    slow: everything,
  },
  'remote_mcp streamable_http that falls back to sse': {
    desired: () => desiredOf(remoteOrigin(sse.endpoint)),
    tool: 'echo',
  },
  local_wasm: {
    desired: () => wasmDesired(rig.deps.stateDir, PROGRAM),
    tool: 'fn__add',
    slow: (ms) => ({ name: 'fn__nap', arguments: { ms } }),
  },
};

it('holds every driver of the registry', () => {
  const covered = new Set(Object.keys(CASES).map((name) => name.split(' ')[0]));
  expect([...makeDrivers(rig.deps).keys()].filter((type) => !covered.has(type))).toEqual([]);
});

describe.each(Object.entries(CASES))('%s', (_name, { desired: make, tool, slow }) => {
  const stopping = { ...actContext(), graceMs: 2000 };
  const prepare = (): { desired: Desired; driver: Driver } => {
    const desired = make();
    return { desired, driver: rig.driver(desired.manifest.spec.origin.type) };
  };

  it('starts once, is observed, serves, and stops once', async () => {
    const { desired, driver } = prepare();
    expect(driver.observe(desired.identity)).toEqual([]);
    const [first, joined] = await Promise.all([
      driver.start(desired, actContext()),
      driver.start(desired, actContext()),
    ]);
    expect(joined).toEqual(first);
    expect(await driver.start(desired, actContext())).toEqual(first);
    expect(driver.observe(desired.identity)).toMatchObject([{ ref: first, phase: 'running' }]);

    const upstream = driver.connect(first)!;
    expect(upstream.server.serverInfo.name).toBeTypeOf('string');
    await expect(upstream.request('ping', undefined, { timeoutMs: 5000 })).resolves.toEqual({});
    const { tools } = await upstream.request('tools/list', undefined, { timeoutMs: 5000 });
    expect((tools as { name: string }[]).map(({ name }) => name)).toContain(tool);

    await Promise.all([driver.stop(first, stopping), driver.stop(first, stopping)]);
    await driver.stop(first, stopping);
    expect(driver.observe(desired.identity)).toEqual([]);
    expect(driver.connect(first)).toBeUndefined();
    await expect(upstream.request('ping', undefined, { timeoutMs: 1000 })).rejects.toMatchObject({
      data: { sent: false },
    });
  });

  it.runIf(tool === 'echo')('brings every progress notification before the result', async () => {
    const { desired, driver } = prepare();
    const ref = await driver.start(desired, actContext());
    const order: unknown[] = [];
    const params = { name: 'trigger-long-running-operation', arguments: { duration: 0.1, steps: 3 } };
    const onProgress = ({ progress }: { progress?: unknown }) => order.push(progress);
    await driver.connect(ref)!.request('tools/call', params, { timeoutMs: 5000, onProgress });
    order.push('result');
    await driver.stop(ref, stopping);
    expect(order).toEqual([1, 2, 3, 'result']);
  });

  it.runIf(slow)(
    'lets calls in flight end before it stops, also those that begin meanwhile on a channel that is held',
    async () => {
      const { desired, driver } = prepare();
      const ref = await driver.start(desired, actContext());
      const upstream = driver.connect(ref)!;
      const order: string[] = [];
      const call = async (ms: number) => {
        const result = await upstream.request('tools/call', slow!(ms), { timeoutMs: 5000 });
        order.push(result.isError === true ? JSON.stringify(result) : String(ms));
      };
      const before = call(100);
      const stopped = driver.stop(ref, { ...stopping, drainMs: 20_000 }).then(() => order.push('stopped'));
      const meanwhile = call(200);
      expect(driver.observe(desired.identity)).toMatchObject([{ phase: 'stopping', activity: { inFlight: 2 } }]);
      expect(driver.connect(ref)).toBeUndefined();
      await Promise.all([before, meanwhile, stopped]);
      expect(order).toEqual(['100', '200', 'stopped']);
      expect(driver.observe(desired.identity)).toEqual([]);
    },
  );

  it.runIf(slow)('cuts calls that take longer than it drains', async () => {
    const { desired, driver } = prepare();
    const ref = await driver.start(desired, actContext());
    const call = driver.connect(ref)!.request('tools/call', slow!(60_000), { timeoutMs: 60_000 });
    const cut = expect(call).rejects.toMatchObject({ code: RPC.unavailable });
    await driver.stop(ref, { ...stopping, graceMs: 0, drainMs: 50 });
    await cut;
    expect(driver.observe(desired.identity)).toEqual([]);
  });

  it('gives up a start at the signal and leaves nothing', async () => {
    const { desired, driver } = prepare();
    const abort = new AbortController();
    const start = driver.start(desired, actContext(abort.signal));
    const changes: string[] = [];
    const unsubscribe = driver.onChange((identity) => changes.push(identity));
    abort.abort(new Error('changed my mind'));
    await expect(start).rejects.toThrow('changed my mind');
    expect(driver.observe(desired.identity)).toEqual([]);
    expect(changes).toContain(desired.identity);
    unsubscribe();
  });
});
