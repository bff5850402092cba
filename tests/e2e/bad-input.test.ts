import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ServiceItem, ServiceRecord } from '../../src/wire/types.ts';
import { Workspace, run, type Daemon } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';

const FAULTY = join(import.meta.dirname, '../fixtures/servers/faulty-stdio.mjs');
const good = stdioManifest('memory', [serverEntry('memory')]);

describe('bad input', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  const items = async () =>
    new Map((await daemon.json<{ items: ServiceItem[] }>('list')).items.map((item) => [item.name, item]));
  const condition = (item: ServiceItem | undefined, type: string) =>
    item?.status.conditions.find((c) => c.type === type);
  const wait = (name: string, what = 'ready') => daemon.ctl('wait', name, `--for=${what}`, '--timeout', '25s');

  beforeAll(async () => {
    workspace = await Workspace.create({
      'services.d/memory.yaml': good,
      'services.d/banner.yaml': stdioManifest('banner', [FAULTY, 'banner']),
    });
    daemon = await workspace.daemon();
    await wait('memory');
    await wait('banner');
  }, 40_000);
  afterAll(() => workspace.dispose());

  it('a banner line on stdout is skipped, logged and counted: the server runs', async () => {
    expect((await items()).get('banner')).toMatchObject({ ready: 'True' });
    expect((await daemon.ctl('logs', 'banner')).stdout).toContain('Welcome to the server!');
  });

  it('broken YAML saved over a good file: process pid unchanged, condition Synced=False reason ManifestInvalid, `get` shows OutOfSync and exits 0; fix → same pid if spec equal', async () => {
    const pid = (await items()).get('memory')?.status.pid;
    await workspace.write('services.d/memory.yaml', good.replace('spec:', 'spec: [\n'));
    await workspace.write('services.d/other.yaml', stdioManifest('other', [serverEntry('memory')]));
    await expect
      .poll(async () => condition((await items()).get('memory'), 'Synced'))
      .toMatchObject({
        status: 'False',
        reason: 'ManifestInvalid',
        message: expect.stringMatching(/services\.d\/memory\.yaml:\d+:\d+/),
      });
    const broken = (await items()).get('memory');
    expect(broken).toMatchObject({ sync: 'OutOfSync', ready: 'True', status: { pid } });
    const place = /services\.d\/memory\.yaml:\d+:\d+/;
    const got = await daemon.ctl('get');
    expect(got).toMatchObject({ code: 0, stdout: expect.stringMatching(/^memory .*OutOfSync/m) });
    expect(got.stdout).toMatch(place);
    expect((await daemon.ctl('describe', 'memory')).stdout).toMatch(place);
    const { items: diagnostics } = (await (await fetch(`${daemon.url}/api/diagnostics`)).json()) as {
      items: { text: string }[];
    };
    expect(diagnostics[0]?.text).toMatch(/^error\[\w+\] services\.d\/memory\.yaml:\d+:\d+\n/);
    expect(daemon.stderr).toMatch(place);
    expect((await wait('other')).code).toBe(0);
    await workspace.write('services.d/memory.yaml', good);
    await expect
      .poll(async () => (await items()).get('memory'))
      .toMatchObject({ sync: 'Synced', generation: 1, status: { pid } });
  });

  it.each([
    [
      'a missing command',
      stdioManifest('faulty', [], '', 'no-such-command-anywhere'),
      /CommandNotFound.*no-such-command-anywhere/s,
    ],
    ['a server that exits at once', stdioManifest('faulty', [FAULTY, 'exit']), /code 1.*no licence/s],
    [
      'a server that never answers',
      stdioManifest('faulty', ['-e', 'setInterval(() => {}, 1e6)'], '  startTimeoutMs: 300\n'),
      /within 300 ms/,
    ],
  ])('%s says what a person can do', async (_name, manifest, expected) => {
    await workspace.write('services.d/faulty.yaml', manifest);
    await expect
      .poll(async () => condition((await items()).get('faulty'), 'Ready'), { timeout: 10_000 })
      .toMatchObject({ status: 'False', message: expect.stringMatching(/./) });
    await expect
      .poll(async () => (await daemon.ctl('describe', 'faulty')).stdout, { timeout: 10_000 })
      .toMatch(expected);
    expect((await daemon.ctl('delete', 'faulty', '--force-conflicts')).code).toBe(0);
    expect((await wait('faulty', 'delete')).code).toBe(0);
  });

  it('delete whole folder: nothing stops, `SourceMissing`', async () => {
    const before = await items();
    await rm(workspace.path('services.d'), { recursive: true });
    await expect
      .poll(async () => (await daemon.ctl('get', 'sources')).stdout, { timeout: 10_000 })
      .toContain('SourceMissing');
    const after = await items();
    expect([...after].map(([name, { status }]) => [name, status.pid])).toEqual(
      [...before].map(([name, { status }]) => [name, status.pid]),
    );
    await workspace.write('services.d/memory.yaml', good);
  });

  it('second daemon on the same state dir: exit 3', async () => {
    const { code, stderr } = await run('clarityd', ['--port', '0', '--workspace', workspace.dir]);
    expect(code).toBe(3);
    expect(stderr).toContain(String(daemon.pid));
  });

  it('a taken port is one line that names it', async () => {
    const port = new URL(daemon.url).port;
    const { code, stderr } = await run('clarityd', [
      '--port',
      port,
      '--workspace',
      workspace.dir,
      '--state',
      workspace.path('other-state'),
    ]);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toContain(port);
  });

  it('50 parallel applies: 50 services, none lost', async () => {
    const apply = async (i: number) => {
      const manifest = {
        apiVersion: 'clarity.runtime/v1',
        kind: 'MCPService',
        metadata: { name: `many-${String(i)}` },
        spec: { autostart: false, origin: { type: 'local_stdio', command: 'node' } },
      };
      const response = await fetch(`${daemon.url}/api/services/apply?wait=0`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ manifest }),
      });
      return { status: response.status, body: (await response.json()) as { service?: ServiceRecord } };
    };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => apply(i)));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const names = [...(await items()).keys()].filter((name) => name.startsWith('many-'));
    expect(names).toHaveLength(50);
  });

  it('the daemon lives', async () => {
    expect((await fetch(`${daemon.url}/healthz`)).status).toBe(200);
    expect(await daemon.stop()).toBe(0);
  });
});
