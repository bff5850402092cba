import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryItem, ServiceRecord } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';

const text = (round: string) =>
  `# what agents remember\n${stdioManifest('memory', [serverEntry('memory'), round]).replace('spec:', '# the heart of it\nspec:')}`;

let workspace: Workspace;
let daemon: Daemon;

beforeAll(async () => {
  workspace = await Workspace.create({ 'services.d/memory.yaml': text('--one') });
  daemon = await workspace.daemon();
  await daemon.ctl('wait', 'memory', '--timeout', '25s');
}, 40_000);
afterAll(() => workspace.dispose());

it('undo brings back the file with its comments, and the old generation runs as a new one', async () => {
  await workspace.write('services.d/memory.yaml', text('--two'));
  expect(await daemon.ctl('wait', 'memory', '--timeout', '25s')).toMatchObject({ code: 0 });
  const undone = await daemon.ctl('rollout', 'undo', 'memory', '--wait');
  expect(undone).toMatchObject({ code: 0, stdout: expect.stringContaining('rolled back to generation 1') });
  expect(await readFile(workspace.path('services.d/memory.yaml'), 'utf8')).toBe(text('--one'));
  const { service } = await daemon.json<{ service: ServiceRecord }>('describe', 'memory');
  expect([service.generation, service.ready]).toEqual([3, 'True']);
  expect(await readFile(`/proc/${String(service.status.pid)}/cmdline`, 'utf8')).toContain('--one');
  const { items } = await daemon.json<{ items: HistoryItem[] }>('rollout', 'history', 'memory');
  expect(items.map(({ generation, outcome }) => [generation, outcome])).toEqual([1, 2, 3].map((n) => [n, 'Serving']));
}, 60_000);
