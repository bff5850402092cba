import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '../../src/runtime/types.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { stdioManifest } from '../helpers/manifests.ts';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

const A = stdioManifest('a', []);
const change = (over: Partial<PlannedChange>): PlannedChange => ({
  kind: 'MCPService',
  name: 'a',
  outcome: 'unchanged',
  patch: '',
  fields: [],
  actions: [],
  diagnostics: [],
  ...over,
});

async function setting(planned: PlannedChange[] = []) {
  const api = await testApi();
  api.runtime.planned = planned;
  const cwd = tempFolder();
  writeFileSync(join(cwd, 'a.yaml'), A);
  const url = await api.listen();
  const on = (argv: readonly string[], terminal = false) => cli(['--daemon-url', url, ...argv], { cwd, terminal });
  return { api, cwd, on };
}

describe('diff -f', () => {
  it('0 and nothing on stdout where the file says what is', async () => {
    const { on } = await setting([change({})]);
    expect(await on(['diff', '-f', 'a.yaml'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('1, the manifest’s changes, then the actions at the beginning of their lines', async () => {
    const patch = '--- services.d/a.yaml\n+++ a.yaml\n@@ -7 +7 @@\n-    args: []\n+    args: [x]\n';
    const actions = ['replace a (spec.origin.args changed)', 'start b (new)'];
    const { on } = await setting([change({ outcome: 'configured', patch, actions })]);
    const { code, stdout } = await on(['diff', '-f', 'a.yaml']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: `${patch}${actions.join('\n')}\n` });
  });

  it.each(['created', 'configured', 'removed', 'conflict'] as const)('%s is a difference', async (outcome) => {
    const { on } = await setting([change({}), change({ name: 'b', outcome })]);
    expect((await on(['diff', '-f', 'a.yaml'])).code).toBe(1);
  });

  it('2 where a file does not parse, before anybody is asked', async () => {
    const { api, on, cwd } = await setting();
    writeFileSync(join(cwd, 'bad.yaml'), 'kind: [');
    const { code, stderr } = await on(['diff', '-f', 'a.yaml', 'bad.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('bad.yaml:1:');
    expect(api.runtime.asked).toEqual([]);
  });

  it('2 where the daemon finds it invalid, with the finding', async () => {
    const text = 'error[PolicyNotFound] a.yaml:6:3\n  there is no policy';
    const diagnostic = {
      severity: 'error',
      code: 'PolicyNotFound',
      file: 'a.yaml',
      line: 6,
      column: 3,
      message: 'x',
      text,
    } as const;
    const { on } = await setting([change({ outcome: 'invalid', diagnostics: [diagnostic] })]);
    const { code, stderr } = await on(['diff', '-f', 'a.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('error[PolicyNotFound] a.yaml:6:3');
  });

  it('colours on a terminal only', async () => {
    const { on } = await setting([change({ outcome: 'configured', patch: '+x\n' })]);
    expect((await on(['diff', '-f', 'a.yaml'], true)).stdout).toContain('\u001b[32m+x');
    expect((await on(['diff', '-f', 'a.yaml', '--no-color'], true)).stdout).toBe('+x\n');
  });

  it('CLARITY_EXTERNAL_DIFF shows the changes, from two folders', async () => {
    const patch = '--- a\n+++ b\n@@ -1,2 +1,2 @@\n same: 1\n-old: 1\n+new: 1\n';
    const api = await testApi();
    api.runtime.planned = [change({ outcome: 'configured', patch, actions: ['restart a (x)'] })];
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'a.yaml'), A);
    const env = { CLARITY_EXTERNAL_DIFF: 'diff -r', PATH: '/usr/bin:/bin' };
    const argv = ['--daemon-url', await api.listen(), 'diff', '-f', 'a.yaml'];
    const { code, stdout } = await cli(argv, { cwd, env });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^diff -r .*before\/MCPService\.a\.yaml .*after\/MCPService\.a\.yaml\n2c2\n< old: 1\n---\n> new: 1\nrestart a \(x\)\n$/,
    );
    const missing = await cli(argv, { cwd, env: { ...env, CLARITY_EXTERNAL_DIFF: 'no-such-program' } });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('no-such-program');
  });

  it('says what a module newly asks for', async () => {
    const { on } = await setting([
      change({
        outcome: 'configured',
        actions: ['restart a (x)'],
        newlyAsks: ['net (http_get)', 'model (call_model)'],
      }),
    ]);
    const { stdout } = await on(['diff', '-f', 'a.yaml']);
    expect(stdout).toBe('restart a (x)\na newly asks for: net (http_get)\na newly asks for: model (call_model)\n');
  });

  it('--probe: a block a service of what clients gain, lose and see change', async () => {
    const none = { added: [], removed: [], changed: [] };
    const lists = { tools: none, prompts: none, resources: none, resourceTemplates: none };
    const why = ['required parameter `limit` added', 'optional parameter `q` added'];
    const tools = {
      added: ['a__new'],
      removed: ['a__old\u001b[2J'],
      changed: [
        { name: 'a__find', level: 'breaking', why },
        { name: 'a__grep_all', level: 'possiblyBreaking', why: ['`if` of `n` changed'] },
      ],
    } as const;
    const compared = (changes: typeof lists | object, before: number, after: number) =>
      ({ outcome: 'compared', changes: { ...lists, ...changes }, tokens: { before, after } }) as const;
    const { on, api } = await setting([
      change({
        outcome: 'configured',
        actions: ['replace a (spec.origin.args changed)'],
        newlyAsks: ['net (http_get)'],
        drains: 2,
        interface: compared({ tools, prompts: { ...none, added: ['a__ask'] } }, 1240, 1310),
      }),
      change({ name: 'b', outcome: 'configured', actions: ['stop b (x)'], drains: 1, interface: compared({}, 9, 9) }),
      change({ name: 'c', interface: { outcome: 'failed', why: { reason: 'StartFailed', message: 'it ended' } } }),
      change({ name: 'd', interface: { outcome: 'skipped', why: { reason: 'Suspended', message: 'it is' } } }),
    ]);
    const { code, stdout } = await on(['diff', '-f', 'a.yaml', '--probe']);
    expect(code).toBe(1);
    expect(stdout).toBe(`replace a (spec.origin.args changed)
a newly asks for: net (http_get)
  calls      2 in flight end first
  tools      - a__old\\u001b[2J
             ~ a__find     (breaking: required parameter \`limit\` added; optional parameter \`q\` added)
             ~ a__grep_all (possibly breaking: \`if\` of \`n\` changed)
             + a__new
  prompts    + a__ask
  tool list  about 1240 tokens before, 1310 after
stop b (x)
  calls      1 in flight now
  clients    see no difference
  tool list  about 9 tokens
c: nothing is started or stopped
  candidate  does not come up: StartFailed: it ended
d: nothing is started or stopped
  candidate  not started: Suspended: it is
`);
    expect(api.runtime.asked).toMatchObject([['plan', [{}], { probe: true }]]);
  });

  it.each<[number, Partial<PlannedChange>]>([
    [0, { interface: { outcome: 'skipped', why: { reason: 'Suspended', message: 'x' } } }],
    [1, { interface: { outcome: 'failed', why: { reason: 'StartFailed', message: 'x' } } }],
  ])('--probe: %d for an unchanged document with %j', async (code, over) => {
    const { on } = await setting([change(over)]);
    expect((await on(['diff', '-f', 'a.yaml', '--probe'])).code).toBe(code);
  });

  it('--probe without files: 2', async () => {
    const { on } = await setting();
    expect(await on(['diff', '--probe'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('-o json is the plan', async () => {
    const { on } = await setting([change({ outcome: 'created', actions: ['start a (new)'] })]);
    const { code, stdout } = await on(['diff', '-f', 'a.yaml', '-o', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ changes: 1, items: [{ name: 'a', actions: ['start a (new)'] }] });
  });
});

describe('diff', () => {
  it('0 when all are Synced', async () => {
    const { on } = await setting();
    expect(await on(['diff'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('1 and the services that are not, with what will be done', async () => {
    const { api, on } = await setting();
    const why = { reason: 'NotRunning', message: 'it does not run' };
    api.runtime.add(TEXT, {
      status: { sync: 'OutOfSync' },
      view: { plan: { kind: 'act', actions: [{ kind: 'start', why }] } },
    });
    const { code, stdout } = await on(['diff']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^files OutOfSync: .*\nstart .*\n$/);
  });
});
