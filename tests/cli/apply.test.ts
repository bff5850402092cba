import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ClarityError } from '../../src/shared/errors.ts';
import { stdioManifest } from '../helpers/manifests.ts';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi, type TestApi } from '../helpers/test-api.ts';

/** Files in the folder that is the workspace where one is given, and a daemon. */
async function setting(files: Record<string, string> = {}, workspace?: string) {
  const daemon = { version: '0', pid: 1, startedAtMs: 0, workspace: workspace ?? '/w' };
  const api = await testApi({ daemon });
  const cwd = workspace ?? tempFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  const url = await api.listen();
  const on = (argv: readonly string[], input?: string, from = cwd) =>
    cli(['--daemon-url', url, ...argv], { cwd: from, ...(input === undefined ? {} : { input }) });
  return { api, cwd, on };
}

const textsOf = (api: TestApi) => api.runtime.asked.filter(([method]) => method === 'apply').map(([, text]) => text);
const A = stdioManifest('a', []);
const B = stdioManifest('b', []);
const BAD = A.replace('spec:', 'spec:\n  enabeld: true');

describe('apply', () => {
  it('says one line a document and sends each alone, with its comments', async () => {
    const { api, on } = await setting({ 'two.yaml': `# first\n${A}---\n# second\n${B}` });
    const { code, stdout } = await on(['apply', '-f', 'two.yaml']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'service/a created\nservice/b created\n' });
    const [first, second] = textsOf(api);
    expect(first).toMatch(/# first[^]*name: a/);
    expect(first).not.toContain('name: b');
    expect(second).toMatch(/# second[^]*name: b/);
    expect(second).not.toContain('name: a');
    expect(api.runtime.asked[0]?.[2]).toEqual({ managedBy: 'clarityctl', force: false });
  });

  it('reads stdin and folders', async () => {
    const { on } = await setting({ 'a.yaml': A, 'notes.txt': 'no manifest' });
    expect((await on(['apply', '-f', '-'], B)).stdout).toBe('service/b created\n');
    expect((await on(['apply', '-f', '.'])).stdout).toBe('service/a created\n');
    expect((await on(['apply', '-f', tempFolder()])).code).toBe(2);
  });

  it('goes below with -R only', async () => {
    const { on } = await setting({ 'a.yaml': A, 'x/y/b.yaml': B });
    expect((await on(['apply', '-f', '.'])).stdout).toBe('service/a created\n');
    expect((await on(['apply', '-f', '.', '-R'])).stdout).toBe('service/a created\nservice/b created\n');
  });

  it('an invalid file is named with its place, the others are applied, 1', async () => {
    const { on, api } = await setting({ 'bad.yaml': BAD, 'b.yaml': B });
    const { code, stdout, stderr } = await on(['apply', '-f', 'bad.yaml', 'b.yaml']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'service/a invalid\nservice/b created\n' });
    expect(stderr).toContain('bad.yaml:6:3');
    expect(stderr).toContain('did you mean "enabled"');
    expect(textsOf(api)).toHaveLength(1);
  });

  it('a conflict prints the patch and how to force it, 1', async () => {
    const { on, api } = await setting({ 'a.yaml': A });
    api.runtime.failure = new ClarityError('Conflict', 'services.d/a.yaml was written by a person', {
      data: { patch: '--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n' },
    });
    const { code, stdout, stderr } = await on(['apply', '-f', 'a.yaml']);
    expect(code).toBe(1);
    expect(stdout).toContain('service/a conflict\n--- a\n+++ b\n');
    expect(stderr).toContain('was written by a person');
    expect(stderr).toContain('--force-conflicts');
    await on(['apply', '-f', 'a.yaml', '--force-conflicts']);
    expect(api.runtime.asked.at(-1)?.[2]).toMatchObject({ force: true });
  });

  it('turns relative paths into the workspace’s, absolute where they lie outside; args stay', async () => {
    const relative = stdioManifest('a', ['./stays.js'], '', './run.sh');
    const outside = await setting({ 'a.yaml': relative });
    await outside.on(['apply', '-f', 'a.yaml']);
    expect(textsOf(outside.api)[0]).toContain(`command: "${outside.cwd}/run.sh"`);
    expect(textsOf(outside.api)[0]).toContain('./stays.js');
    const root = tempFolder();
    const inside = await setting({ 'tools/a.yaml': relative }, root);
    await inside.on(['apply', '-f', 'a.yaml'], undefined, join(root, 'tools'));
    expect(textsOf(inside.api)[0]).toContain('command: "tools/run.sh"');
  });

  it('a file inside of a source is meant as it stands there', async () => {
    const root = tempFolder();
    const { api, on } = await setting({ 'services.d/a.yaml': stdioManifest('a', [], '', './run.sh') }, root);
    const [source] = api.runtime.sources();
    if (source !== undefined) api.runtime.sources = () => [{ ...source, path: join(root, 'services.d') }];
    await on(['apply', '-f', 'a.yaml'], undefined, join(root, 'services.d'));
    expect(textsOf(api)[0]).toContain('command: "./run.sh"');
  });

  it('--dry-run=client asks nobody; =server prints what would happen', async () => {
    const { on, api } = await setting({ 'a.yaml': A });
    expect((await on(['apply', '-f', 'a.yaml', '--dry-run=client'])).stdout).toBe('service/a valid (client dry run)\n');
    expect(api.runtime.asked).toEqual([]);
    api.runtime.planned = [
      {
        kind: 'MCPService',
        name: 'a',
        outcome: 'created',
        patch: '+x',
        fields: [],
        actions: ['start a (new)'],
        diagnostics: [],
      },
    ];
    expect((await on(['apply', '-f', 'a.yaml', '--dry-run=server'])).stdout).toBe(
      'service/a created (server dry run)\n',
    );
    expect(textsOf(api)).toEqual([]);
  });

  it('--dry-run=server without a daemon falls back aloud', async () => {
    const { on, api } = await setting({ 'a.yaml': A });
    await api.app.close();
    const { code, stdout, stderr } = await on(['apply', '-f', 'a.yaml', '--dry-run=server']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'service/a valid (client dry run)\n' });
    expect(stderr).toContain('warning: no daemon');
    expect((await on(['apply', '-f', 'a.yaml'])).code).toBe(2);
  });

  it('--wait waits for what each manifest wants', async () => {
    const stopped = stdioManifest('b', [], '  enabled: false\n');
    const { on, api } = await setting({ 'two.yaml': `${A}---\n${stopped}` });
    expect((await on(['apply', '-f', 'two.yaml', '--wait', '--timeout', '5s'])).code).toBe(0);
    expect(api.runtime.asked.filter(([method]) => method === 'waitFor')).toEqual([
      ['waitFor', 'a', { kind: 'ready' }, 5000],
      ['waitFor', 'b', { kind: 'stopped' }, 5000],
    ]);
    api.runtime.waitFor = () => Promise.resolve({ met: false, why: 'Stalled: CommandNotFound' });
    const failed = await on(['apply', '-f', 'two.yaml', '--wait']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('service/a is not ready: Stalled: CommandNotFound');
  });

  it('-o json has an item a document', async () => {
    const { on } = await setting({ 'a.yaml': A });
    const { stdout } = await on(['apply', '-f', 'a.yaml', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      items: [{ kind: 'MCPService', name: 'a', outcome: 'created', generation: 3 }],
    });
  });
});
