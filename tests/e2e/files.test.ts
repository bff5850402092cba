import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ServiceItem } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { sampleOf } from '../helpers/exposition.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';
import { callMcp } from '../helpers/mcp-client.ts';

const memory = (name: string, spec = '') => stdioManifest(name, [serverEntry('memory')], spec);

/** What the files on disk say is what runs, with the care of reconcile-behaviour §6.3. */
describe('files', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  const items = async () =>
    new Map((await daemon.json<{ items: ServiceItem[] }>('list')).items.map((item) => [item.name, item]));

  beforeAll(async () => {
    workspace = await Workspace.create({ 'services.d/a.yaml': memory('a'), 'services.d/b.yaml': memory('b') });
    daemon = await workspace.daemon();
    await Promise.all(['a', 'b'].map((name) => daemon.ctl('wait', name, '--for=ready', '--timeout', '25s')));
  }, 40_000);
  afterAll(() => workspace.dispose());

  it('two files claim one identity: both frozen, both named; removing one heals', async () => {
    const pid = (await items()).get('a')?.status.pid;
    await workspace.write('services.d/sub/again.yaml', memory('a', '  stopGraceSeconds: 3\n'));
    await expect
      .poll(async () => (await items()).get('a'))
      .toMatchObject({ sync: 'OutOfSync', ready: 'True', generation: 1, status: { pid } });
    const conflict = (await items()).get('a')?.status.conditions.find(({ type }) => type === 'Synced');
    expect(conflict).toMatchObject({
      reason: 'Conflict',
      message: expect.stringMatching(/services\.d\/a\.yaml:1 and services\.d\/sub\/again\.yaml:1/),
    });
    await rm(workspace.path('services.d/sub/again.yaml'));
    await expect
      .poll(async () => (await items()).get('a'))
      .toMatchObject({ sync: 'Synced', generation: 1, status: { pid } });
  });

  const metrics = async () => (await fetch(`${daemon.url}/metrics`)).text();

  it('delete the file: stopped after two scans', async () => {
    await callMcp(daemon.mcp, 'b__read_graph');
    const before = await metrics();
    expect(sampleOf(before, 'clarity_service_ready{service="b"}')).toBe(1);
    expect(sampleOf(before, 'clarity_tool_calls_total{service="b",outcome="success"}')).toBe(1);
    expect(sampleOf(before, 'clarity_source_last_reload_successful{source="services.d"}')).toBe(1);
    expect(sampleOf(before, 'clarity_max_concurrent_reconciles')).toBe(4);
    const pid = (await items()).get('b')?.status.pid ?? 0;
    await rm(workspace.path('services.d/b.yaml'));
    expect((await daemon.ctl('wait', 'b', '--for=delete')).code).toBe(0);
    expect(() => process.kill(pid, 0)).toThrow();
    expect([...(await items()).keys()]).toEqual(['a']);
    await expect.poll(metrics).not.toContain('service="b"');
  });

  it('four services that vanish at once wait for a confirmation', async () => {
    const names = ['c', 'd', 'e', 'f'];
    for (const name of names) await workspace.write(`services.d/${name}.yaml`, memory(name, '  autostart: false\n'));
    await expect.poll(async () => (await items()).size).toBe(5);
    for (const name of names) await rm(workspace.path(`services.d/${name}.yaml`));
    await expect
      .poll(async () => (await items()).get('c')?.status.conditions.find(({ type }) => type === 'Synced')?.reason)
      .toBe('PruneBlocked');
    const { revision } = JSON.parse((await daemon.ctl('get', 'sources', '-o', 'json')).stdout).items[0];
    expect((await daemon.ctl('prune', '--confirm', 'dir@sha256:0000')).code).toBe(1);
    expect((await daemon.ctl('prune', '--confirm', revision)).code).toBe(0);
    await expect.poll(async () => [...(await items()).keys()]).toEqual(['a']);
  });
});
