import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { clarityc } from '../helpers/run-clarityc.ts';
import { cli } from '../helpers/run-cli.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples/clarity');

let workspace: Workspace;
let daemon: Daemon;

beforeAll(async () => {
  workspace = await Workspace.create();
  daemon = await workspace.daemon();
});
afterAll(() => workspace.dispose());

/** clarityctl in the workspace, against the daemon. */
const ctl = (...argv: string[]) => cli(['--daemon-url', daemon.url, ...argv], { cwd: workspace.dir });

describe('examples/clarity', () => {
  beforeAll(() => cpSync(EXAMPLES, workspace.path('examples'), { recursive: true }));

  it('are all added by one command, and ready', async () => {
    const { code, stdout, stderr } = await ctl('add-all', 'examples', '--recursive');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('error') });
    const names = readdirSync(EXAMPLES).filter((name) => !name.endsWith('.md'));
    const { services } = JSON.parse(stdout) as { services: { name: string; ready: string }[] };
    expect(services.map(({ name, ready }) => `${name} ${ready}`)).toEqual(names.map((name) => `${name} True`));
  });

  it.each([
    [['calculator', 'calculate', '--arg', 'expression=2*(3+4)'], '14'],
    [['csv-tools', 'parse_csv', '--arg', 'text=a,b'], '[["a","b"]]'],
    [['dates', 'is_leap_year', '--arg', 'year=2024'], 'true'],
    [['helpdesk-agent', 'classify_message', '--arg', 'message=hello'], 'greeting'],
    [['json-tools', 'compact_json', '--arg', 'json={"a": 1}'], '{"a":1}'],
    [['ledger', 'ledger__fn__format_cents', '--arg', 'cents=-1234'], '-12.34'],
  ])('%s', async (argv, answer) => {
    const { code, stdout, stderr } = await ctl('call', ...argv);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${answer}\n`, stderr: '' });
  });

  it('answers an Err with exit 1', async () => {
    const { code, stdout } = await ctl('call', 'dates', 'parse_date', '--arg', 'text=nope');
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'nope is not written as YYYY-MM-DD\n' });
  });

  it('are also started by clarityc, and unchanged then', async () => {
    const argv = ['start', 'examples/helpdesk-agent/main.clarity', '--daemon-url', daemon.url];
    const { code, stdout } = await clarityc(argv, { cwd: workspace.dir });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, name: 'helpdesk-agent', outcome: 'unchanged' });
  });
});

describe('a program that reaches outside', () => {
  const PROGRAM = 'module R\neffect[FileSystem] function load(path: String) -> String { read_file(path) }\n';

  it('gets what it asks for and no more; a refusal stands in describe', async () => {
    await workspace.write('r.clarity', PROGRAM);
    expect((await ctl('add', 'r')).code).toBe(0);
    expect((await ctl('call', 'r', 'load', '--arg', 'path=r.clarity')).stdout).toContain('module R');
    expect((await ctl('call', 'r', 'load', '--arg', 'path=/etc/hostname')).code).toBe(1);
    const page = (await ctl('describe', 'r')).stdout;
    expect(page).toMatch(/Asks for:\n +fs +granted +read_file/);
    expect(page).toMatch(/service\.access_refused .*\/etc\/hostname/);
  });

  it('diff tells what it newly asks for', async () => {
    await workspace.write('more.clarity', PROGRAM.replace('read_file(path)', 'write_file(path, "x"); read_file(path)'));
    const text = readFileSync(workspace.path('services.d/r.yaml'), 'utf8').replace('r.clarity', 'more.clarity');
    await workspace.write('next.yaml', text);
    const { code, stdout } = await ctl('diff', '-f', 'next.yaml', '--probe');
    expect(code).toBe(1);
    expect(stdout).toContain('r newly asks for: fs (write_file)\n');
    // The module was made for the candidate alone.
    expect(stdout).toContain('\n  clients    see no difference\n');
  });

  it('tells why a service is not ready', async () => {
    const argv = ['add', 'r', '--name', 'needs-key', '--secret', 'SURELY_NOT_SET', '--timeout', '20s'];
    const { code, stderr } = await ctl(...argv);
    expect(code).toBe(1);
    expect(stderr).toContain('SecretNotFound');
  });
});

describe('remove --cleanup-artifacts', () => {
  const stored = () => readdirSync(workspace.path('.clarity/build')).filter((name) => name.endsWith('.wasm'));

  it('removes what only that service used of the cache', async () => {
    await workspace.write('only.clarity', 'module Only\nfunction one() -> Int64 { 1 }\n');
    const before = stored();
    expect((await ctl('add', 'only')).code).toBe(0);
    expect(stored()).toHaveLength(before.length + 1);
    const { stdout } = await ctl('remove', 'only', '--cleanup-artifacts');
    expect(JSON.parse(stdout)).toMatchObject({ removed: true, artifactRemoved: true, name: 'only' });
    expect(stored()).toEqual(before);
  });

  it('never removes another file, whatever the manifest names', async () => {
    const victim = workspace.path('victim.txt');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, workspace.path('link.wasm'));
    for (const wasmPath of [victim, 'link.wasm']) {
      const text = `apiVersion: clarity.runtime/v1
kind: MCPService
metadata: { name: thief, sourceFile: thief.txt }
spec: { origin: { type: local_wasm, wasmPath: ${wasmPath} } }
`;
      await workspace.write('thief.yaml', text);
      expect((await ctl('apply', '-f', 'thief.yaml')).code).toBe(0);
      const { stdout } = await ctl('remove', 'thief', '--cleanup-artifacts');
      expect(JSON.parse(stdout)).toMatchObject({ removed: true, artifactRemoved: false });
    }
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(existsSync(join(workspace.dir, 'link.wasm'))).toBe(true);
  });
});
