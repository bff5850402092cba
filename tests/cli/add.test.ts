import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifests, type ServiceManifest } from '../../src/manifest/index.ts';
import { NOW } from '../helpers/fake-runtime.ts';
import { sourceFolder } from '../helpers/run-clarityc.ts';
import { cli } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';

const ADD = 'module Main\n// Adds two numbers.\nexport function add(a: Int64, b: Int64) -> Int64 { a + b }\n';
const REACHES = `module Main
effect[Network] function fetch(path: String) -> Result<String, String> { http_get("https://api.example.com" ++ path) }
effect[Network] function home() -> Result<String, String> { http_get("https://api.example.com/") }
effect[FileSystem] function load(path: String) -> String { read_file(path) }
effect[Secret] function key() -> Option<String> { get_secret("API_KEY") }
`;

/** A daemon whose workspace is a folder with these files, and clarityctl in that folder. */
async function setting(files: Readonly<Record<string, string>>) {
  const cwd = sourceFolder(files);
  const api = await testApi({ daemon: { version: '0.1.0', pid: 99, startedAtMs: NOW - 5000, workspace: cwd } });
  const url = await api.listen();
  const on = (argv: readonly string[], over: object = {}) => cli(['--daemon-url', url, ...argv], { cwd, ...over });
  return { cwd, api, on };
}

/** What the last apply was asked to write. */
function applied({ runtime }: Awaited<ReturnType<typeof testApi>>): ServiceManifest {
  const text = runtime.asked.findLast(([method]) => method === 'apply')?.[1] as string;
  return parseManifests('applied', text).documents[0]?.document as ServiceManifest;
}

/** The manifest that --dry-run prints. */
async function dryRun(files: Readonly<Record<string, string>>, argv: readonly string[]) {
  const cwd = sourceFolder(files);
  const { code, stdout, stderr } = await cli(['add', ...argv, '--dry-run'], { cwd });
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const { metadata, spec } = parseManifests('dry', stdout).documents[0]?.raw as unknown as ServiceManifest;
  return { metadata, origin: spec.origin, stderr };
}

describe('add', () => {
  it('applies the manifest, waits, and answers with the keys of the original first', async () => {
    const { api, on } = await setting({ 'mcp1.clarity': ADD });
    const { code, stdout } = await on(['add', 'mcp1']);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as object;
    expect(Object.keys(answer).slice(0, 5)).toEqual(['ok', 'serviceId', 'sourceFile', 'wasmPath', 'module']);
    expect(answer).toMatchObject({
      ok: true,
      sourceFile: 'mcp1.clarity',
      wasmPath: null,
      module: 'mcp1',
      name: 'mcp1',
    });
    expect(answer).toMatchObject({ outcome: 'created', ready: 'True', grants: {}, asks: [], hints: [] });
    expect(api.runtime.asked.map(([method]) => method)).toEqual(['apply', 'waitFor']);
    expect(api.runtime.asked[0]?.[2]).toMatchObject({ managedBy: 'clarityctl', force: false });
    expect(applied(api)).toMatchObject({
      metadata: { name: 'mcp1', sourceFile: 'mcp1.clarity' },
      spec: { origin: { type: 'local_wasm', capabilities: {} } },
    });
  });

  it('tells a person the tools, the grants and what to type next', async () => {
    const { on } = await setting({ 'mcp1.clarity': ADD });
    const { stdout } = await on(['add', 'mcp1.clarity'], { terminal: true });
    expect(stdout).toBe(
      'service/mcp1 created, ready\ntools:\n  read()\ngrants: none: it asks for nothing\nnext: clarityctl call mcp1 read\n',
    );
  });

  it('prints errors with code frames, and writes nothing', async () => {
    const { api, on } = await setting({ 'bad.clarity': 'module Main\nfunction f() -> Int64 { "x" }\n' });
    const { code, stdout, stderr } = await on(['add', 'bad']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/--> bad\.clarity:2:\d+/);
    expect(stderr).toContain('error: bad.clarity does not compile: 1 error');
    expect(api.runtime.asked).toEqual([]);
  });

  it('ends with 1, the conditions and the diagnostics where it does not get ready', async () => {
    const { api, on } = await setting({ 'mcp1.clarity': ADD });
    api.runtime.waitFor = () => Promise.resolve({ met: false, why: 'Stalled', view: api.runtime.get('mcp1') });
    const { code, stdout, stderr } = await on(['add', 'mcp1']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, why: 'Stalled', name: 'mcp1' });
    expect(stderr).toContain('service/mcp1 is not ready: Stalled');
    expect(stderr).toContain('Ready=True Serving');
  });

  it.each([
    ['--no-wait', ['apply']],
    ['--timeout=5s', ['apply', 'waitFor']],
  ])('%s', async (flag, asked) => {
    const { api, on } = await setting({ 'mcp1.clarity': ADD });
    expect((await on(['add', 'mcp1', flag])).code).toBe(0);
    expect(api.runtime.asked.map(([method]) => method)).toEqual(asked);
  });

  it('never puts one program in the place of another without a word', async () => {
    const { on } = await setting({ 'a/tool.clarity': ADD, 'b/tool.clarity': ADD });
    expect((await on(['add', 'a/tool'])).code).toBe(0);
    expect((await on(['add', './a/tool.clarity'])).code).toBe(0);
    const { code, stderr } = await on(['add', 'b/tool']);
    expect(code).toBe(1);
    expect(stderr).toContain('service tool is made of a/tool.clarity, not of b/tool.clarity');
    expect((await on(['add', 'b/tool', '--name', 'tool-b'])).code).toBe(0);
    expect((await on(['add', 'b/tool', '--force-conflicts'])).code).toBe(0);
  });

  it('--wasm writes the module, which is then run as it is', async () => {
    const { cwd, api, on } = await setting({ 'mcp1.clarity': ADD });
    const { code, stdout } = await on(['add', 'mcp1', '--wasm', 'out/mcp1.wasm']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      wasmPath: 'out/mcp1.wasm',
      hints: [expect.stringContaining('added again')],
    });
    expect(WebAssembly.validate(readFileSync(join(cwd, 'out/mcp1.wasm')))).toBe(true);
    expect(applied(api).spec.origin).toMatchObject({ wasmPath: 'out/mcp1.wasm' });
  });

  it('relocates its paths into the workspace of the daemon, absolute where they lie outside', async () => {
    const { cwd, api, on } = await setting({ 'sub/mcp1.clarity': ADD });
    await on(['add', 'mcp1'], { cwd: join(cwd, 'sub') });
    expect(applied(api).metadata.sourceFile).toBe('sub/mcp1.clarity');
    const other = sourceFolder({ 'mcp2.clarity': ADD });
    await on(['add', 'mcp2'], { cwd: other });
    expect(applied(api).metadata.sourceFile).toBe(join(other, 'mcp2.clarity'));
    await on(['add', `${relative(cwd, other)}/mcp2`]);
    expect(applied(api).metadata.sourceFile).toBe(join(other, 'mcp2.clarity'));
  });

  it.each([['--compiler-bin'], ['CLARITYC_BIN']])('%s compiles instead, here and in the daemon', async (how) => {
    const { cwd, api, on } = await setting({ 'mcp1.clarity': ADD });
    const compiler = join(cwd, 'compiler.mjs');
    const wasm = 'AGFzbQEAAAA=';
    writeFileSync(
      compiler,
      `#!${process.execPath}
import { writeFileSync } from 'node:fs';
const [verb, , dash, out] = process.argv.slice(2);
console.log(verb, dash);
writeFileSync(out, Buffer.from('${wasm}', 'base64'));
`,
    );
    chmodSync(compiler, 0o755);
    const env = { PATH: process.env.PATH!, ...(how === 'CLARITYC_BIN' ? { CLARITYC_BIN: compiler } : {}) };
    const { code, stdout, stderr } = await on(
      ['add', 'mcp1', ...(how === 'CLARITYC_BIN' ? [] : [how, './compiler.mjs'])],
      { env },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'compile -o\n' });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    const command = how === 'CLARITYC_BIN' ? compiler : './compiler.mjs';
    expect(applied(api).spec.origin).toMatchObject({ compiler: { command, args: [] } });
  });

  it.each<[string, string, RegExp]>([
    ['a terminal', 'effect[TTY] function f() -> Unit { tty_clear_line() }', /a service has no terminal/],
    ['a port', 'effect[Network] function f() -> Result<Int64, String> { http_listen(80) }', /opens no port of its own/],
  ])('refuses a program that needs %s', async (_what, text, why) => {
    const { api, on } = await setting({ 'x.clarity': `module Main\n${text}\n` });
    const { code, stderr } = await on(['add', 'x']);
    expect(stderr).toMatch(why);
    expect(code).toBe(1);
    expect(api.runtime.asked).toEqual([]);
  });

  it('finds nobody', async () => {
    const cwd = sourceFolder({ 'mcp1.clarity': ADD });
    const { code, stderr } = await cli(['--daemon-url', 'http://127.0.0.1:1', 'add', 'mcp1'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('npx clarityd');
  });
});

describe('what add takes', () => {
  const project = JSON.stringify({ name: 'My Tools', module: 'Tools', version: '2.0', entry: 'start.clarity' });
  it.each<[string, Record<string, string>, string, object]>([
    ['a file', { 'a.clarity': ADD }, 'a.clarity', { name: 'a', sourceFile: 'a.clarity' }],
    ['its name', { 'a.clarity': ADD }, './a', { name: 'a', sourceFile: 'a.clarity' }],
    [
      'a name that needs normalising',
      { 'Größe_2.clarity': ADD },
      'Größe_2',
      { name: 'gro-e-2', sourceFile: 'Größe_2.clarity' },
    ],
    ['main.clarity', { 'tools/main.clarity': ADD }, 'tools/main.clarity', { name: 'tools' }],
    [
      'a folder with main.clarity',
      { 'tools/main.clarity': ADD, 'tools/b.clarity': ADD },
      'tools',
      { name: 'tools', sourceFile: 'tools/main.clarity' },
    ],
    ['a folder with one file', { 'tools/one.clarity': ADD }, 'tools', { name: 'one', sourceFile: 'tools/one.clarity' }],
    [
      'a folder beside a file of its name',
      { 'a/main.clarity': ADD, 'a.clarity': ADD },
      'a',
      { sourceFile: 'a.clarity' },
    ],
    ['that folder', { 'a/main.clarity': ADD, 'a.clarity': ADD }, 'a/', { sourceFile: 'a/main.clarity' }],
    [
      'a folder with clarity.json',
      { 'p/start.clarity': ADD, 'p/clarity.json': project },
      'p',
      { name: 'my-tools', displayName: 'My Tools', module: 'Tools', version: '2.0', sourceFile: 'p/start.clarity' },
    ],
    [
      'a file that clarity.json does not speak of',
      { 'p/b.clarity': ADD, 'p/clarity.json': project },
      'p/b',
      { name: 'b' },
    ],
  ])('%s', async (_what, files, operand, metadata) => {
    expect((await dryRun(files, [operand])).metadata).toMatchObject(metadata);
  });

  it.each([
    ['nothing', 'mcp', /cannot read mcp\.clarity: no such file\nDid you mean mcp1\?/],
    ['an empty folder', 'empty', /there is no main\.clarity in empty/],
    ['an entry that is missing', 'gone', /the entry of gone\/clarity\.json is missing: main\.clarity/],
  ])('is a usage error for %s', async (_what, operand, message) => {
    const cwd = sourceFolder({
      'mcp1.clarity': ADD,
      'empty/x.txt': '',
      'gone/clarity.json': '{"entry":"main.clarity"}',
    });
    const { code, stderr } = await cli(['add', operand, '--dry-run'], { cwd });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('the grants that add writes', () => {
  it('are what the program asks for, by name where it says the name', async () => {
    const { origin, stderr } = await dryRun({ 'r.clarity': REACHES }, ['r']);
    expect(origin).toMatchObject({
      capabilities: { fs: { read: ['.'] }, net: ['api.example.com'], secrets: ['API_KEY'] },
      env: [{ name: 'API_KEY', secretRef: 'env:API_KEY' }],
    });
    expect(stderr).toContain('The daemon must have the variable API_KEY.');
  });

  it('are those of the flags where there are some', async () => {
    const flags = ['--allow-host', 'a.example', 'b.example:8080', '--env', 'API_KEY=x=y', '--secret', 'OTHER=file:o'];
    const { origin } = await dryRun({ 'r.clarity': REACHES }, ['r', ...flags]);
    expect(origin).toMatchObject({
      capabilities: { net: ['a.example', 'b.example:8080'], env: ['API_KEY'] },
      env: [
        { name: 'API_KEY', value: 'x=y' },
        { name: 'OTHER', secretRef: 'file:o' },
      ],
    });
    // The program never asks for it.
    expect(origin).not.toHaveProperty('capabilities.secrets');
  });

  it('keep the key of a model from the program', async () => {
    const text = 'module Main\neffect[Model] function ask() -> Result<String, String> { call_model("gpt-4o", "hi") }\n';
    const { origin, stderr } = await dryRun({ 'm.clarity': text }, ['m']);
    expect(origin).toMatchObject({ capabilities: { model: true } });
    expect(stderr).toContain('--secret OPENAI_API_KEY');
    const keyed = await dryRun({ 'm.clarity': text }, ['m', '--secret', 'OPENAI_API_KEY']);
    expect(keyed.origin).toEqual({
      type: 'local_wasm',
      env: [{ name: 'OPENAI_API_KEY', secretRef: 'env:OPENAI_API_KEY' }],
      capabilities: { model: true },
    });
    expect(keyed.stderr).not.toContain('--secret');
  });

  it.each([
    ['--allow-host', 'https://example.com/x'],
    ['--env', 'NAME'],
    ['--env', '1X=2'],
    ['--secret', 'a-b'],
  ])('refuse %s %s', async (flag, value) => {
    const cwd = sourceFolder({ 'a.clarity': ADD });
    const { code, stderr } = await cli(['add', 'a', '--dry-run', flag, value], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(flag);
  });
});

describe('an agent', () => {
  const flags = ['--service-type', 'agent', '--agent-role', 'Clerk', '--agent-objective', 'Sorts.'];

  it('is reached over the API, and named after its module, where it says nothing else', async () => {
    const { metadata } = await dryRun({ 'clerk.clarity': ADD }, ['clerk', '--module', 'The Clerk', ...flags]);
    expect(metadata).toMatchObject({
      serviceType: 'agent',
      agent: { agentId: 'the_clerk', name: 'The Clerk', role: 'Clerk', objective: 'Sorts.', triggers: ['api'] },
    });
  });

  it('says all that it may', async () => {
    const more = [
      ...[
        '--agent-id',
        'c',
        '--agent-name',
        'C',
        '--agent-version',
        '3',
        '--agent-hitl',
        '--agent-triggers',
        'api,a2a',
      ],
      ...[
        '--agent-inputs',
        'x, y',
        '--agent-outputs',
        'z',
        '--agent-mcp-tools',
        't',
        '--agent-llm-providers',
        'openai',
      ],
      ...['--agent-handoff-targets', 'h', '--agent-depends-on', 'd'],
    ];
    const { metadata } = await dryRun({ 'clerk.clarity': ADD }, ['clerk', ...flags, ...more]);
    expect(metadata.agent).toMatchObject({
      ...{ agentId: 'c', name: 'C', version: '3', hitl: true, triggers: ['api', 'a2a'], inputs: ['x', 'y'] },
      ...{ outputs: ['z'], allowedMcpTools: ['t'], allowedLlmProviders: ['openai'], handoffTargets: ['h'] },
      ...{ dependsOn: ['d'], a2a: { protocol: 'clarity.a2a.v1' } },
    });
  });

  it.each([
    ['no role', ['--service-type', 'agent', '--agent-objective', 'o'], 'an agent needs --agent-role'],
    ['neither', ['--service-type', 'agent'], 'an agent needs --agent-role and --agent-objective'],
    ['a timer', [...flags, '--agent-triggers', 'timer'], 'a timer needs schedules'],
  ])('is a usage error with %s', async (_what, argv, message) => {
    const cwd = sourceFolder({ 'a.clarity': ADD });
    const { code, stderr } = await cli(['add', 'a', '--dry-run', ...argv], { cwd });
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe('start-source', () => {
  it('is add, with a warning', async () => {
    const { api, on } = await setting({ 'mcp1.clarity': ADD });
    const { code, stdout, stderr } = await on(['start-source', '--source', 'mcp1.clarity', '--module', 'M']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'warning: start-source is the old form of clarityctl add\n' });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, module: 'M' });
    expect(applied(api).metadata).toMatchObject({ name: 'mcp1', module: 'M' });
  });
});

describe('add-local', () => {
  it('applies what is compiled already, with the grants that it asks for', async () => {
    const { cwd, api, on } = await setting({ 'r.clarity': REACHES });
    await on(['add', 'r', '--wasm', 'r.wasm', '--no-wait']);
    api.runtime.asked.length = 0;
    const argv = [
      'add-local',
      '--source',
      'a label',
      '--module',
      'Local Tools',
      '--wasm',
      'r.wasm',
      '--secret',
      'API_KEY',
    ];
    const { code, stdout, stderr } = await on(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('add-local is an old form') });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      sourceFile: 'a label',
      wasmPath: 'r.wasm',
      name: 'local-tools',
    });
    expect(api.runtime.asked.map(([method]) => method)).toEqual(['apply']);
    expect(applied(api).spec.origin).toMatchObject({
      wasmPath: 'r.wasm',
      capabilities: { fs: { read: ['.'] }, net: [], secrets: ['API_KEY'] },
    });
    expect(existsSync(join(cwd, 'r.wasm'))).toBe(true);
  });

  it('writes no capabilities for a module that is not here', async () => {
    const { api, on } = await setting({});
    const { code, stderr } = await on(['add-local', '--source', 's', '--module', 'm', '--wasm', 'gone.wasm']);
    expect(code).toBe(0);
    expect(stderr).toContain('gone.wasm is not here');
    expect(applied(api).spec.origin).not.toHaveProperty('capabilities');
  });

  it('refuses what is no module', async () => {
    const { on } = await setting({ 'x.wasm': 'text' });
    const { code, stderr } = await on(['add-local', '--source', 's', '--module', 'm', '--wasm', 'x.wasm']);
    expect(code).toBe(1);
    expect(stderr).toContain('x.wasm is no WebAssembly module');
  });
});
