import { afterAll, describe, expect, it } from 'vitest';
import type { Upstream } from '../../src/reconcile/ports.ts';
import type { WasmOrigin } from '../../src/manifest/index.ts';
import type { Json, JsonObject } from '../../src/shared/json.ts';
import { RPC } from '../../src/shared/json-rpc.ts';
import { actContext, driverRig } from '../helpers/driver-rig.ts';
import { wasmDesired } from '../helpers/wasm-desired.ts';

const rig = driverRig({ secretValues: { 'env:KEY': 'sesame' } });
afterAll(() => rig.close());
const driver = rig.driver('local_wasm');

const PROGRAM = `// Sums and words.
module Sums
// Adds two numbers.
function add(a: Int64, b: Int64) -> Int64 { a + b }
function spin(n: Int64) -> Int64 { match n < 0 { True -> n, False -> spin(n + 1) } }
effect[Log] function say(text: String) -> Unit { print_string(text) }
effect[Secret] function secret(name: String) -> Option<String> { get_secret(name) }
`;

async function started(program: string = PROGRAM, origin: Partial<WasmOrigin> = {}, name = 'sum'): Promise<Upstream> {
  const ref = await driver.start(wasmDesired(rig.deps.stateDir, program, origin, name), actContext());
  return driver.connect(ref)!;
}
const call = (upstream: Upstream, name: string, args?: Json, signal?: AbortSignal) =>
  upstream.request(
    'tools/call',
    { name, ...(args === undefined ? {} : { arguments: args }) },
    {
      timeoutMs: 1,
      ...(signal === undefined ? {} : { signal }),
    },
  );
const text = (result: JsonObject) => (result.content as unknown as readonly { text: string }[])[0]?.text;

describe('a wasm service', () => {
  it('says what it is', async () => {
    expect((await started()).server).toEqual({
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'Sums', version: rig.deps.version },
      instructions: 'Sums and words.',
    });
  });

  it('lists its tools and calls them', async () => {
    const upstream = await started();
    const { tools } = await upstream.request('tools/list', undefined, { timeoutMs: 1 });
    expect((tools as unknown as readonly JsonObject[]).map(({ name }) => name)).toEqual([
      'describe_service',
      'health_check',
      'fn__add',
      'fn__say',
      'fn__secret',
      'fn__spin',
    ]);
    expect(tools).toContainEqual(
      expect.objectContaining({
        name: 'fn__add',
        description: 'Adds two numbers.',
        annotations: { readOnlyHint: true, openWorldHint: false, idempotentHint: true },
      }),
    );
    expect(await call(upstream, 'fn__add', { a: 2, b: 3 })).toMatchObject({ structuredContent: { result: 5 } });
  });

  it('tells of itself', async () => {
    const upstream = await started();
    expect(text(await call(upstream, 'health_check', { verbose: true }))).toBe('svc_000000000001 HEALTHY');
    const result = await call(upstream, 'describe_service');
    expect(JSON.parse(text(result) ?? '')).toEqual(result.structuredContent);
    expect(result.structuredContent).toMatchObject({
      serviceId: 'svc_000000000001',
      module: 'sum',
      sourceFile: 'sum.clarity',
      wasmPath: expect.stringMatching(/[0-9a-f]{64}\.wasm$/) as string,
      entry: 'mcp_main',
      runtime: { lifecycle: 'RUNNING', health: 'HEALTHY', running: 0, queued: 0, failures: 0 },
    });
  });

  it.each<[string, JsonObject | undefined, number, string]>([
    ['tools/call', { name: 'fn__ad' }, RPC.invalidParams, 'no tool `fn__ad`. Did you mean `fn__add`?'],
    ['tools/call', {}, RPC.invalidParams, 'needs the name'],
    ['tools/call', { name: 'fn__add', arguments: [1, 2] }, RPC.invalidParams, 'must be an object'],
    ['resources/list', undefined, RPC.methodNotFound, 'resources/list is not offered'],
  ])('refuses %s of %j', async (method, params, code, message) => {
    const refused = (await started()).request(method, params, { timeoutMs: 1 });
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string });
  });

  it('makes a result of a call that takes too long, and an error of one that is cancelled', async () => {
    const upstream = await started(
      PROGRAM,
      { limits: { timeoutMs: 100, maxConcurrency: 16, countWaits: false } },
      'slow',
    );
    expect(await call(upstream, 'fn__spin', { n: 0 })).toMatchObject({ isError: true });
    const abort = new AbortController();
    const cancelled = call(upstream, 'fn__spin', { n: 0 }, abort.signal);
    abort.abort(new Error('enough'));
    await expect(cancelled).rejects.toMatchObject({ code: RPC.timeout, message: 'tools/call was cancelled' });
    await expect(call(upstream, 'fn__add', {}, abort.signal)).rejects.toMatchObject({ data: { sent: false } });
  });

  it('writes its output into its log, and what it was refused into the audit', async () => {
    const env = [{ name: 'KEY', secretRef: 'env:KEY' }];
    const upstream = await started(PROGRAM, { env, capabilities: { secrets: ['KEY'] } }, 'teller');
    await call(upstream, 'fn__say', { text: 'hello' });
    expect(rig.lines).toContainEqual(expect.objectContaining({ identity: 'teller', stream: 'stdout', text: 'hello' }));
    expect(text(await call(upstream, 'fn__secret', { name: 'KEY' }))).toBe('"sesame"');
    await call(upstream, 'fn__secret', { name: 'OTHER' });
    expect(rig.events).toContainEqual(
      expect.objectContaining({
        kind: 'service.access_refused',
        identity: 'teller',
        reason: 'AccessRefused',
        level: 'warn',
      }),
    );
    expect(rig.lines).toContainEqual(expect.objectContaining({ identity: 'teller', stream: 'runtime' }));
  });

  it('does not start with what it is not granted, nor without a module', async () => {
    const reaching = 'module M\neffect[Network] function get(url: String) -> Result<String, String> { http_get(url) }';
    await expect(started(reaching, {}, 'reaching')).rejects.toMatchObject({ code: 'ImportNotGranted' });
    const { artifact: _, ...bare } = wasmDesired(rig.deps.stateDir, PROGRAM, {}, 'bare');
    await expect(driver.start(bare, actContext())).rejects.toMatchObject({ code: 'StartFailed' });
    expect(driver.observe('reaching')).toEqual([]);
  });
});
