import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { clarityManifest } from '../helpers/manifests.ts';
import { answerText, callMcp } from '../helpers/mcp-client.ts';
import { clarityc } from '../helpers/run-clarityc.ts';

const CLARITYC = resolve(import.meta.dirname, '../../bin/clarityc.js');

const source = (answer: string) => `module Made\n\nexport function version() -> String { "${answer}" }\n`;
const BROKEN = 'module Made\n\nexport function version( -> String { "broken" }\n';

/** A compiler of somebody else: it counts how often it was run. */
const OUTSIDE = `import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
appendFileSync('runs.txt', process.argv.slice(2).join(' ') + '\\n');
const { status, stderr } = spawnSync(process.execPath, [${JSON.stringify(CLARITYC)}, ...process.argv.slice(2)]);
process.stderr.write(stderr);
process.exit(status);
`;

let workspace: Workspace;
beforeEach(async () => {
  workspace = await Workspace.create({ 'made.clarity': source('one'), 'outside.mjs': OUTSIDE });
});
afterEach(() => workspace.dispose());

const version = async (daemon: Daemon) => answerText(await callMcp(daemon.mcp, 'made__fn__version'));
const ready = (daemon: Daemon) => daemon.ctl('wait', 'made', '--for=ready');
const runs = () => readFileSync(workspace.path('runs.txt'), 'utf8').trim().split('\n').length;
/** When the module and its record were last written. */
const written = () => {
  const record = workspace.path('.clarity/build/made.json');
  const { hash } = JSON.parse(readFileSync(record, 'utf8')) as { hash: string };
  return [record, workspace.path(`.clarity/build/${hash}.wasm`)].map((path) => statSync(path).ctimeMs);
};

describe('a prebuilt module', () => {
  it('runs as it is, and is swapped when another takes its place', async () => {
    const build = async (answer: string) => {
      await workspace.write('elsewhere.clarity', source(answer));
      const argv = ['compile', workspace.path('elsewhere.clarity'), '-o', workspace.path('made.wasm')];
      expect(await clarityc(argv)).toMatchObject({ code: 0 });
    };
    await build('prebuilt one');
    await workspace.write(
      'services.d/made.yaml',
      clarityManifest('made', 'nowhere.clarity', '    wasmPath: made.wasm\n'),
    );
    const daemon = await workspace.daemon();
    await ready(daemon);
    expect(await version(daemon)).toBe('prebuilt one');
    await build('prebuilt two');
    await expect.poll(() => version(daemon)).toBe('prebuilt two');
    await workspace.write('made.wasm', 'no module at all');
    await expect.poll(async () => (await daemon.ctl('get', 'made')).stdout).toContain('ArtifactInvalid');
    expect(await version(daemon)).toBe('prebuilt two');
  });
});

describe('an outside compiler', () => {
  const named = `    compiler: { command: ${JSON.stringify(process.execPath)}, args: [outside.mjs] }\n`;

  it.each([
    ['spec.origin.compiler', named, {}],
    ['CLARITYC_BIN', '', { CLARITYC_BIN: `${process.execPath} outside.mjs` }],
  ])('of %s makes the module; the last good one serves where it fails', async (_, origin, env) => {
    await workspace.write('services.d/made.yaml', clarityManifest('made', 'made.clarity', origin));
    const daemon = await workspace.daemon([], env);
    await ready(daemon);
    expect(await version(daemon)).toBe('one');
    expect(runs()).toBe(1);
    await workspace.write('made.clarity', source('two'));
    await expect.poll(() => version(daemon)).toBe('two');
    await workspace.write('made.clarity', BROKEN);
    await expect.poll(async () => (await daemon.ctl('get', 'made')).stdout).toContain('CompilerFailed');
    expect((await daemon.ctl('describe', 'made')).stdout).toMatch(/made\.clarity:3:\d+/);
    expect(await version(daemon)).toBe('two');
    await workspace.write('made.clarity', source('three'));
    await expect.poll(() => version(daemon)).toBe('three');
  });

  it('is not run again by a daemon that finds nothing changed', async () => {
    await workspace.write('services.d/made.yaml', clarityManifest('made', 'made.clarity', named));
    const first = await workspace.daemon();
    await ready(first);
    await first.stop();
    const before = runs();
    const second = await workspace.daemon();
    await ready(second);
    expect(await version(second)).toBe('one');
    expect(runs()).toBe(before);
  });
});

describe('a daemon that is started again', () => {
  beforeEach(() => workspace.write('services.d/made.yaml', clarityManifest('made', 'made.clarity')));

  it('serves the last good module of a source that is broken by now', async () => {
    const first = await workspace.daemon();
    await ready(first);
    await first.stop();
    await workspace.write('made.clarity', BROKEN);
    const second = await workspace.daemon();
    expect(await ready(second)).toMatchObject({ code: 1 });
    await expect.poll(() => version(second)).toBe('one');
    expect((await second.ctl('get', 'made')).stdout).toMatch(/CompileFailed: made\.clarity:3:\d+/);
    await workspace.write('made.clarity', source('mended'));
    await expect.poll(() => version(second)).toBe('mended');
  });

  it('writes nothing anew where nothing has changed', async () => {
    const first = await workspace.daemon();
    await ready(first);
    await first.stop();
    const before = written();
    const second = await workspace.daemon();
    await ready(second);
    expect(await version(second)).toBe('one');
    expect(written()).toEqual(before);
  });
});
