import { createHash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMPORT_NAMES } from '../../src/compiler/wasm/imports.ts';
import { BLOCKING } from '../../src/drivers/wasm/blocking.ts';
import { grantsOf } from '../../src/drivers/wasm/grants.ts';
import { prepareModule } from '../../src/drivers/wasm/start/prepare-module.ts';
import { needOf, type Capabilities, type WasmOrigin } from '../../src/manifest/index.ts';
import { ownImportNames } from '../../src/wasm-host/imports/own-imports.ts';
import { compileText, wasmOf } from '../helpers/clarity-compile.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { wasmOrigin } from '../helpers/wasm-origin.ts';
import { bytes, importing, MEMORY, MEMORY_EXPORT, wasmSections } from '../helpers/wasm-sections.ts';
import { handMade } from '../wasm-host/wasm-bytes.ts';

const EVERYTHING: Capabilities = {
  net: [],
  fs: {},
  env: [],
  secrets: [],
  model: true,
  mcp: true,
  a2a: true,
  hitl: true,
};

function prepare(wasm: Uint8Array, more: Partial<WasmOrigin> = {}, damage?: (path: string) => void) {
  const folder = tempFolder();
  const origin = wasmOrigin(more);
  const path = join(folder, 'module.wasm');
  writeFileSync(path, wasm);
  damage?.(path);
  const hash = `sha256:${createHash('sha256').update(wasm).digest('hex')}`;
  return prepareModule({ hash, path, asks: [] }, grantsOf(origin, {}, folder), origin);
}
/** Code and message of the refusal. */
async function refusal(starting: Promise<unknown>): Promise<string> {
  const error = (await starting.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  )) as Error & { code?: string };
  return `${error.code}: ${error.message}`;
}

describe('the imports of a module', () => {
  const nowhere = IMPORT_NAMES.filter((name) => ['terminal', 'port'].includes(needOf(name) ?? ''));
  const offered = IMPORT_NAMES.filter((name) => !nowhere.includes(name));

  it('are each there for a service, or need what no service has', () => {
    const there = new Set<string>([...ownImportNames(), ...Object.keys(BLOCKING)]);
    expect(offered.filter((name) => !there.has(name))).toEqual([]);
    expect(IMPORT_NAMES).toHaveLength(209);
  });

  it('may be all that are offered, where everything is granted', async () => {
    await expect(prepare(importing(offered), { capabilities: EVERYTHING })).resolves.toBeDefined();
  });

  it.each(nowhere)('%s is refused whatever is granted', async (name) => {
    const said = await refusal(prepare(importing([name]), { capabilities: EVERYTHING }));
    expect(said).toMatch(new RegExp(`^ImportNotGranted: .*\`${name}\` needs a (terminal|port)`));
    expect(said).not.toContain('Add to the manifest');
  });

  it.each(offered.map((name): [string, string | undefined] => [name, needOf(name)]))(
    '%s is offered where %s is granted',
    async (name, need) => {
      const none = prepare(importing([name]), { capabilities: {} });
      if (need === undefined) await expect(none).resolves.toBeDefined();
      else expect(await refusal(none)).toContain(`\`${name}\` needs the capability ${need}. Add to the manifest:`);
    },
  );

  it('are all named in one refusal, with the lines to add', async () => {
    const wasm = importing(['http_get', 'read_file', 'http_post', 'get_secret', 'tty_read_key', 'call_model']);
    const env = [
      { name: 'KEY', secretRef: 'env:KEY' },
      { name: 'PLACE', value: 'x' },
    ];
    expect(await refusal(prepare(wasm, { env, capabilities: { model: true } }))).toBe(
      'ImportNotGranted: The module asks for what it is not granted: `http_get`, `http_post` need the capability net. ' +
        '`read_file` needs the capability fs. `get_secret` needs the capability secrets. `tty_read_key` needs a terminal, ' +
        'which a service does not have. Add to the manifest: spec.origin.capabilities: { net: [], ' +
        'fs: { read: [.] }, secrets: [KEY], env: [PLACE] }',
    );
  });

  it('that hold by default are named, too, where the line would end the default', async () => {
    await expect(prepare(importing(['call_model', 'get_secret', 'hitl_ask']))).resolves.toBeDefined();
    expect(await refusal(prepare(importing(['call_model', 'http_get'])))).toContain(
      'capabilities: { net: [], model: true }',
    );
  });
});

describe('a module is refused', () => {
  it.each<[string, Uint8Array, Partial<WasmOrigin>, string]>([
    ['that is none', Uint8Array.of(1, 2, 3), {}, 'WebAssembly.compile()'],
    ['with imports of another namespace', importing(['now'], 'wasi'), {}, 'imports the function `wasi.now`'],
    ['with an import that is unknown', importing(['now', 'then', 'later']), {}, 'imports `then`, `later` of `env`'],
    [
      'with an import of other types',
      handMade({ imports: ['now'] }),
      {},
      '`now` as () -> nothing, and the host has it as () -> i64',
    ],
    [
      'with a memory that is imported',
      wasmSections([
        [2, bytes(1, 3, 101, 110, 118, 1, 109, 2, 0, 1)],
        [7, bytes(1, 6, ...Buffer.from('memory'), 2, 0)],
      ]),
      {},
      'the memory `env.m`',
    ],
    ['without a memory', handMade({ noMemory: true }), {}, 'must have one memory'],
    ['that does not export its memory', wasmSections([MEMORY]), {}, 'exports no memory'],
    [
      'that runs code when it is loaded',
      wasmSections([
        [1, bytes(1, 0x60, 0, 0)],
        [3, bytes(1, 0)],
        MEMORY,
        MEMORY_EXPORT,
        [8, bytes(0)],
        [10, bytes(1, 2, 0, 0x0b)],
      ]),
      {},
      'a start section',
    ],
    ['whose data lie outside of its memory', handMade({ data: new Uint8Array(70_000) }), {}, 'out of bounds'],
    [
      'whose memory starts above its limit',
      handMade({ pages: 3 }),
      { limits: { ...wasmOrigin().limits, memoryPages: 2 } },
      'starts with 3 pages of 64 KiB, and it may have 2',
    ],
    [
      'whose interface is another one',
      handMade({
        constants: { five: 5 },
        interface: {
          version: 1,
          module: 'M',
          functions: [{ name: 'five', exported: true, params: [], result: 'Int64', effects: [] }],
          types: [],
        },
      }),
      {},
      'its interface describes `five`, and the module has it with other types',
    ],
    [
      'with more tools than anybody lists',
      handMade({ constants: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, i])) }),
      {},
      '1002 functions would be tools',
    ],
  ])('%s', async (_, wasm, more, why) => {
    const said = await refusal(prepare(wasm, more));
    expect(said).toContain('ModuleInvalid: The module cannot be ');
    expect(said).toContain(why);
  });

  it('whose file was changed, or is gone', async () => {
    expect(await refusal(prepare(handMade({}), {}, (path) => appendFileSync(path, 'x')))).toContain('was changed');
    const folder = tempFolder();
    const origin = wasmOrigin();
    const missing = { hash: 'sha256:0', path: join(folder, 'none.wasm'), asks: [] };
    expect(await refusal(prepareModule(missing, grantsOf(origin, {}, folder), origin))).toContain('ENOENT');
  });
});

describe('what is kept of a module', () => {
  const names = async (wasm: Uint8Array) => (await prepare(wasm)).tools.map(({ name }) => name);

  it('are the functions that it marks `export`, or all; no tests, and nothing with function values', async () => {
    const text = (mark: string) => `
      // Adds.
      module M
      ${mark}function b(x: Int64) -> Int64 { x }
      function a() -> Int64 { 2 }
      ${mark}function __hidden() -> Int64 { 1 }
      ${mark}function apply(f: (Int64) -> Int64) -> Int64 { f(1) }
      effect[Test] function test_b() -> Unit { assert_eq(b(1), 1) }`;
    const own = ['describe_service', 'health_check'];
    expect(await names(wasmOf(compileText(text(''))))).toEqual([...own, 'fn__a', 'fn__b']);
    expect(await names(wasmOf(compileText(text('export '))))).toEqual([...own, 'fn__b']);
  });

  it('are the exports by their wasm types where it tells nothing else', async () => {
    const { tools, doc, stateful } = await prepare(handMade({ constants: { five: 5, __six: 6 } }));
    expect(tools.slice(2)).toMatchObject([
      { name: 'fn__five', description: expect.stringContaining('five(), which gives i32') as string },
    ]);
    expect([doc, stateful]).toEqual([undefined, false]);
  });

  it('is whether its globals may change', async () => {
    const global = (mutable: number) =>
      wasmSections([MEMORY, [6, bytes(1, 0x7f, mutable, 0x41, 0x80, 0x08, 0x0b)], MEMORY_EXPORT]);
    expect((await prepare(global(0))).stateful).toBe(false);
    expect((await prepare(global(1))).stateful).toBe(true);
    expect((await prepare(wasmOf(compileText('module M\nfunction f() -> List<Int64> { [1] }')))).stateful).toBe(false);
  });
});
