import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import type { ServiceRecord } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';

const FAULTY = join(import.meta.dirname, '../fixtures/servers/faulty-stdio.mjs');
const ready = (daemon: Daemon, name: string) => daemon.ctl('wait', name, '--for=ready', '--timeout', '25s');
const record = async (daemon: Daemon, name: string) =>
  (await daemon.json<{ service: ServiceRecord }>('details', name)).service;

/** Pids of live processes whose command line or environment holds a text. */
async function processesWith(text: string): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    if (environ.includes(text) && !/\) Z /.test(stat)) found.push(Number(pid));
  }
  return found;
}

describe('sudden ends', () => {
  let workspace: Workspace;
  afterEach(() => workspace.dispose());

  it('kill -9 the child: restarted, restarts=1', async () => {
    workspace = await Workspace.create({ 'services.d/memory.yaml': stdioManifest('memory', [serverEntry('memory')]) });
    const daemon = await workspace.daemon();
    await ready(daemon, 'memory');
    const { pid } = (await record(daemon, 'memory')).runtime;
    expect(pid).toBeGreaterThan(0);
    process.kill(pid ?? 0, 'SIGKILL');
    await expect
      .poll(async () => (await record(daemon, 'memory')).runtime, { timeout: 15_000 })
      .toMatchObject({ lifecycle: 'RUNNING', restartCount: 1 });
    const after = await record(daemon, 'memory');
    expect(after.runtime.pid).not.toBe(pid);
    expect(after.status.lastExit).toMatchObject({ signal: 'SIGKILL' });
  });

  it.runIf(process.platform === 'linux')('kill -9 the daemon: no orphan grandchild after restart', async () => {
    const mark = `CLARITY_TEST_MARK=${String(process.pid)}-${String(Date.now())}`;
    const [name, value] = mark.split('=') as [string, string];
    const stubborn =
      stdioManifest('stubborn', [FAULTY, 'stubborn'], '  stopGraceSeconds: 1\n') +
      `    env: [{name: ${name}, value: "${value}"}]\n`;
    workspace = await Workspace.create({ 'services.d/stubborn.yaml': stubborn });
    const first = await workspace.daemon();
    await ready(first, 'stubborn');
    const before = await processesWith(mark);
    expect(before).toHaveLength(3);
    await first.stop('SIGKILL');
    const second = await workspace.daemon();
    await ready(second, 'stubborn');
    const after = await processesWith(mark);
    expect(after).toHaveLength(3);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    expect((await record(second, 'stubborn')).generation).toBe(1);
    await second.stop();
    expect(await processesWith(mark)).toEqual([]);
  });
});
