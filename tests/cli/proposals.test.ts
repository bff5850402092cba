import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { cli, type CliSetting } from '../helpers/run-cli.ts';
import { testApi } from '../helpers/test-api.ts';
import { TEXT } from '../helpers/fake-runtime.ts';

async function setting() {
  const api = await testApi();
  const url = await api.listen();
  const propose = (name: string) => {
    const actions = [`start ${name} (new)`];
    const patch = `--- /dev/null\n+++ b/services.d/mcp/${name}.yaml\n+name: ${name}\n`;
    api.runtime.planned = [
      { kind: 'MCPService', name, outcome: 'created', patch, fields: [], actions, diagnostics: [] },
    ];
    const change = { kind: 'apply', text: TEXT.replace('name: files', `name: ${name}`) } as const;
    return api.proposals.propose({ change, by: 'agent 1', tool: 'runtime__register_local' });
  };
  const { id } = await propose('web');
  const on = (argv: readonly string[], over: CliSetting = {}) => cli(['--daemon-url', url, ...argv], over);
  return { api, id, on, propose, state: () => api.proposals.get(id).state };
}

const typing = (text: string) => ({ terminal: true, stdin: Object.assign(Readable.from([text]), { isTTY: true }) });

describe('proposals', () => {
  it('lists what waits; all with --all; names with -o name', async () => {
    const { api, id, on } = await setting();
    const { stdout } = await on(['proposals']);
    const [head, row] = stdout.split('\n');
    expect(head?.split(/ {2,}/)).toEqual(['ID', 'STATE', 'WHO', 'AGE', 'CHANGE']);
    expect(row).toMatch(new RegExp(`^${id}  waiting  agent 1  \\S+ +create MCPService web$`));
    await api.proposals.reject(id, { by: 'operator' });
    expect(await on(['proposals'])).toMatchObject({ code: 0, stdout: '', stderr: 'Nothing waits for an approval.\n' });
    expect((await on(['proposals', '--all', '-o', 'name'])).stdout).toBe(`proposal/${id}\n`);
    expect(JSON.parse((await on(['proposals', '--all', '-o', 'json'])).stdout).items).toMatchObject([{ id }]);
  });

  it('shows one with its patch and its actions', async () => {
    const { id, on } = await setting();
    const { code, stdout } = await on(['proposals', id]);
    expect(code).toBe(0);
    for (const part of [id, 'agent 1 through runtime__register_local', '+name: web', 'start web (new)', 'sha256:'])
      expect(stdout).toContain(part);
  });

  it('takes the beginning of an id where that is one’s alone', async () => {
    const { id, on, propose } = await setting();
    expect((await on(['proposals', id.slice(2, 9), '-o', 'name'])).stdout).toBe(`proposal/${id}\n`);
    await propose('other');
    expect(await on(['proposals', 'p_'])).toMatchObject({ code: 1, stderr: expect.stringContaining('could be p_') });
    expect(await on(['proposals', 'nonsense'])).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('approve', () => {
  it.each([
    ['y\n', 0, 'approved'],
    ['YES\n', 0, 'approved'],
    ['n\n', 1, 'waiting'],
    ['', 1, 'waiting'],
  ])('shows it on a terminal and asks: %j', async (answer, code, after) => {
    const { id, on, state } = await setting();
    const ran = await on(['approve', id], typing(answer));
    expect([ran.code, state()]).toEqual([code, after]);
    expect(ran.stdout).toContain('+name: web');
    expect(ran.stderr).toContain(`Approve ${id}? [y/N]`);
  });

  it('needs --yes elsewhere: 2', async () => {
    const { id, on, state } = await setting();
    expect(await on(['approve', id], { input: 'y\n' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(state()).toBe('waiting');
    const { code, stdout } = await on(['approve', id, '--yes', '-o', 'json']);
    expect([code, JSON.parse(stdout).proposal.state, state()]).toEqual([0, 'approved', 'approved']);
  });

  it('says what differs where it is outdated: 1, and nothing to force', async () => {
    const { api, id, on } = await setting();
    api.runtime.planned = [{ ...api.runtime.planned[0]!, outcome: 'configured' }];
    const { code, stderr } = await on(['approve', id, '--yes']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('configured instead of created') });
    expect(stderr).not.toContain('force');
  });
});

describe('reject', () => {
  it('tells the reason on; a second decision is a no: 1', async () => {
    const { api, id, on } = await setting();
    expect(await on(['reject', id, '--why', 'not here'])).toMatchObject({
      code: 0,
      stdout: `proposal/${id} rejected: create MCPService web\n`,
    });
    expect(api.proposals.get(id).decision).toMatchObject({ by: 'operator', why: 'not here' });
    expect(await on(['approve', id, '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('it is rejected: not here'),
    });
  });
});
