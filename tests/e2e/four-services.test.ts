import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ServiceItem } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { everythingServer } from '../helpers/everything-server.ts';
import { remoteManifest, serverEntry, stdioManifest } from '../helpers/manifests.ts';

/** Everything over stdio and HTTP, filesystem and memory behind one daemon, driven by clarityctl alone. */
describe('four services', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  /** It keeps its graph beside its own code unless it is told otherwise. */
  const memory = (args: readonly string[]) =>
    `${stdioManifest('memory', args)}    env: [{name: MEMORY_FILE_PATH, value: ${workspace.path('memory.jsonl')}}]\n`;
  let http: Awaited<ReturnType<typeof everythingServer>>;

  beforeAll(async () => {
    http = await everythingServer('streamableHttp');
    workspace = await Workspace.create({
      'services.d/everything.yaml': stdioManifest('everything', [serverEntry('everything'), 'stdio']),
      'services.d/web.yaml': remoteManifest('web', http.endpoint),
      'services.d/files.yaml': stdioManifest('files', [serverEntry('filesystem'), './notes']),
      'notes/hello.txt': 'hello from a file',
    });
    await mkdir(workspace.path('notes'), { recursive: true });
    await workspace.write('services.d/memory.yaml', memory([serverEntry('memory')]));
    daemon = await workspace.daemon();
    await Promise.all(
      ['everything', 'web', 'files', 'memory'].map((name) =>
        daemon.ctl('wait', name, '--for=ready', '--timeout', '25s'),
      ),
    );
  }, 60_000);

  afterAll(async () => {
    await workspace.dispose();
    await http.stop();
  });

  it('are all Ready in get', async () => {
    const { code, stdout } = await daemon.ctl('get');
    expect(code).toBe(0);
    const rows = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/).slice(0, 4));
    expect(rows).toEqual([
      ['everything', 'local_stdio', 'Synced', 'True'],
      ['files', 'local_stdio', 'Synced', 'True'],
      ['memory', 'local_stdio', 'Synced', 'True'],
      ['web', 'remote_mcp', 'Synced', 'True'],
    ]);
  });

  it.each([
    ['everything', 'echo', ['--arg', 'message=hi'], 'Echo: hi'],
    ['everything', 'everything__get-sum', ['--arg', 'a=2', '--arg', 'b=3'], '5'],
    ['web', 'echo', ['--json', '{"message":"over http"}'], 'Echo: over http'],
    ['files', 'read_text_file', ['--arg', 'path=hello.txt'], 'hello from a file'],
    [
      'memory',
      'create_entities',
      ['--arg', 'entities=[{"name":"ada","entityType":"person","observations":["writes"]}]'],
      'ada',
    ],
  ])('call %s %s', async (service, tool, args, expected) => {
    const { code, stdout, stderr } = await daemon.ctl('call', service, tool, ...args);
    expect(stderr).toBe('');
    expect(stdout).toContain(expected);
    expect(code).toBe(0);
  });

  it('editing one file restarts only that one', async () => {
    const pids = async () =>
      Object.fromEntries(
        (await daemon.json<{ items: ServiceItem[] }>('list')).items.map(({ name, status }) => [name, status.pid]),
      );
    const before = await pids();
    await writeFile(workspace.path('services.d/memory.yaml'), memory([serverEntry('memory'), '--edited']));
    const waited = await daemon.ctl('wait', 'memory', '--for=ready');
    expect(waited).toMatchObject({ code: 0 });
    const after = await pids();
    expect(after.memory).not.toBe(before.memory);
    expect({ ...after, memory: 0 }).toEqual({ ...before, memory: 0 });
  });
});
