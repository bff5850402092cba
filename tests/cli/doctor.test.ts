import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Check } from '../../src/setup/index.ts';
import { checkInotify, checkLock, checkNode, checkServices, checkWorkspace } from '../../src/setup/index.ts';
import { cli } from '../helpers/run-cli.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { testApi } from '../helpers/test-api.ts';

interface Answer {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  readonly status?: { readonly runtime: object };
}

async function doctor(url: string, argv: readonly string[] = [], cwd = tempFolder(), env = {}) {
  const all = { HOME: cwd, PATH: process.env.PATH ?? '', ...env };
  const { code, stdout } = await cli(['--daemon-url', url, 'doctor', '-o', 'json', ...argv], { cwd, env: all });
  const answer = JSON.parse(stdout) as Answer;
  const find = (name: string) => answer.checks.find((check) => check.name === name);
  return { code, answer, find, cwd };
}

describe('doctor', () => {
  it('a daemon that answers: 0, with its status, and nothing is made', async () => {
    const cwd = tempFolder();
    const api = await testApi({ daemon: { version: '0.1.0', pid: 1, startedAtMs: 0, workspace: cwd } });
    const { code, answer, find } = await doctor(await api.listen(), [], cwd);
    expect({ code, ok: answer.ok }).toEqual({ code: 0, ok: true });
    expect(answer.status?.runtime).toMatchObject({ pid: 1 });
    for (const name of ['daemon', 'compiler', 'workspace', 'version', 'token', 'node', 'lock', 'codex', 'claude'])
      expect(find(name), name).toMatchObject({ status: 'ok' });
    expect(find('services.d')).toMatchObject({
      status: 'warn',
      fix: expect.stringContaining('clarityctl new') as string,
    });
    expect(readdirSync(cwd)).toEqual([]);
    for (const { name, status, fix } of answer.checks)
      expect([name, status === 'ok' || fix !== undefined]).toEqual([name, true]);
  });

  it('no daemon: 1, and how to start one', async () => {
    const { code, answer, find } = await doctor('http://127.0.0.1:1');
    expect({ code, ok: answer.ok, status: answer.status }).toEqual({ code: 1, ok: false, status: undefined });
    expect(find('daemon')).toMatchObject({ status: 'fail', fix: expect.stringContaining('npx clarityd') as string });
  });

  it('a token that is missing or wrong: 1', async () => {
    const doors = { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [], token: 'right' };
    const url = await (await testApi({ doors })).listen();
    for (const [argv, detail] of [
      [[], 'asks for a token'],
      [['--auth-token', 'wrong'], 'refuses the token'],
    ] as const) {
      const { code, find } = await doctor(url, argv);
      expect({ code, ...find('token') }).toMatchObject({ code: 1, status: 'fail', detail: `the daemon ${detail}` });
    }
  });

  it('another program on the port: 1', async () => {
    const server = createServer((_request, reply) => void reply.writeHead(404).end('no'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { find } = await doctor(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    expect(find('port')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('no Clarity daemon') as string,
    });
  });

  it('a compiler that is not there, and one that answers', async () => {
    expect((await doctor('http://127.0.0.1:1', ['--compiler-bin', 'no-such-thing'])).find('compiler')).toMatchObject({
      status: 'fail',
    });
    expect((await doctor('http://127.0.0.1:1', ['--compiler-bin', process.execPath])).find('compiler')).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining(process.version) as string,
    });
  });

  it('configurations of clients that lead elsewhere, are outdated or do not parse', async () => {
    const cwd = tempFolder();
    const claude = (entry: object) =>
      writeFileSync(join(cwd, '.claude.json'), JSON.stringify({ mcpServers: { clarity_gateway: entry } }));
    const found = async () => (await doctor('http://127.0.0.1:1', [], cwd)).find('claude');
    claude({ type: 'http', url: 'http://127.0.0.1:2/mcp' });
    expect(await found()).toMatchObject({ status: 'warn', detail: expect.stringContaining('points at') as string });
    claude({ type: 'http', url: 'http://localhost:1/mcp' });
    expect(await found()).toMatchObject({ status: 'ok' });
    claude({ transport: 'http', url: 'http://127.0.0.1:1/mcp' });
    expect(await found()).toMatchObject({ status: 'warn', fix: 'clarityctl bootstrap --clients claude' });
    claude({ command: 'no-such-thing', args: [] });
    expect(await found()).toMatchObject({ status: 'warn', detail: expect.stringContaining('not in PATH') as string });
    writeFileSync(join(cwd, '.claude.json'), '{');
    expect(await found()).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('.claude.json:1: ') as string,
    });
  });
});

describe('its checks of the machine', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.18.9', 'fail'],
    ['18.20.0', 'fail'],
  ])('node %s: %s', (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });

  it('inotify', async () => {
    const folder = tempFolder();
    expect(await checkInotify(folder)).toMatchObject({ status: 'ok' });
    writeFileSync(join(folder, 'max_user_watches'), '100\n');
    writeFileSync(join(folder, 'max_user_instances'), '128\n');
    expect(await checkInotify(folder)).toMatchObject({
      status: 'warn',
      fix: 'sudo sysctl fs.inotify.max_user_watches=8192',
    });
  });

  it('folders and lock', async () => {
    const folder = tempFolder();
    expect(await checkWorkspace(join(folder, 'none'))).toMatchObject({ status: 'fail' });
    mkdirSync(join(folder, 'services.d'));
    writeFileSync(join(folder, 'services.d/a.yaml'), '');
    expect((await checkServices(folder)).detail).toContain('1 manifest files');
    mkdirSync(join(folder, '.clarity'));
    writeFileSync(join(folder, '.clarity/lock.pid'), '77\n');
    expect(await checkLock(folder, false, () => false)).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('gone') as string,
    });
    expect(await checkLock(folder, true, () => true)).toMatchObject({ status: 'ok' });
    expect(await checkLock(folder, false, () => true)).toMatchObject({
      status: 'warn',
      fix: expect.stringContaining('kill 77') as string,
    });
  });
});
