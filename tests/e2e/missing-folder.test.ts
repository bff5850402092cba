import { rm } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';

import type { ServiceItem } from '../../src/wire/types.ts';
import { Workspace } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';

let workspace: Workspace;
afterEach(() => workspace.dispose());

it('services.d deleted while the daemon was down: its services run on, and the source is missing', async () => {
  workspace = await Workspace.create({ 'services.d/memory.yaml': stdioManifest('memory', [serverEntry('memory')]) });
  const first = await workspace.daemon();
  expect((await first.ctl('wait', 'memory', '--for=ready', '--timeout', '25s')).code).toBe(0);
  await first.stop();
  await rm(workspace.path('services.d'), { recursive: true });
  const second = await workspace.daemon();
  expect((await second.ctl('wait', 'memory', '--for=ready', '--timeout', '25s')).code).toBe(0);
  expect((await second.ctl('get', 'sources')).stdout).toContain('SourceMissing');
  await workspace.write('services.d/memory.yaml', stdioManifest('memory', [serverEntry('memory')]));
  const synced = async () => (await second.json<{ items: ServiceItem[] }>('list')).items[0]?.sync;
  await expect.poll(synced).toBe('Synced');
});
