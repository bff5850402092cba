import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ServiceRecord } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';

const FAULTY = join(import.meta.dirname, '../fixtures/servers/faulty-stdio.mjs');
const policy = '  restartPolicy: {mode: on-failure, maxRestarts: 2, windowSeconds: 60}\n';

/** A server that exits at once, twice: only what the manifest page allows lets it out (manifest.md, Quarantine). */
describe('stop, start, restart do not release it, a changed origin or unquarantine does', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  const record = async () => (await daemon.json<{ service: ServiceRecord }>('details', 'flaky')).service;
  const lifecycle = async () => (await record()).runtime.lifecycle;

  beforeAll(async () => {
    workspace = await Workspace.create({ 'services.d/flaky.yaml': stdioManifest('flaky', [FAULTY, 'exit'], policy) });
    daemon = await workspace.daemon();
  }, 40_000);
  afterAll(() => workspace.dispose());

  it('comes after maxRestarts failures, with the exit code and the stderr tail', async () => {
    await expect.poll(lifecycle).toBe('QUARANTINED');
    const { status } = await record();
    const stalled = status.conditions.find(({ type }) => type === 'Stalled');
    expect(stalled).toMatchObject({ status: 'True', reason: 'CrashLoop' });
    expect(stalled?.message).toMatch(/failed 2 times.*code 1.*no licence/s);
    expect(status.lastExit).toMatchObject({ code: 1, stderrTail: expect.arrayContaining(['reading the licence']) });
    const waited = await daemon.ctl('wait', 'flaky', '--for=ready', '--timeout', '20s');
    expect(waited.code).toBe(1);
    expect(`${waited.stdout}${waited.stderr}`).toContain('CrashLoop');
  });

  it.each([['stop'], ['start'], ['restart']])('%s does not release it', async (verb) => {
    await daemon.ctl(verb, 'flaky');
    const { generation } = await record();
    await expect.poll(async () => (await record()).observedGeneration).toBe(generation);
    expect(await lifecycle()).toBe('QUARANTINED');
  });

  it('survives a restart of the daemon', async () => {
    await daemon.stop();
    daemon = await workspace.daemon();
    expect(await lifecycle()).toBe('QUARANTINED');
  });

  it('unquarantine lets it try again, and a changed origin heals it', async () => {
    await daemon.ctl('unquarantine', 'flaky');
    const events = await daemon.ctl('events', 'flaky');
    expect(events.stdout).toContain('service.quarantined');
    await expect.poll(lifecycle).toBe('QUARANTINED');
    await workspace.write('services.d/flaky.yaml', stdioManifest('flaky', [serverEntry('memory')], policy));
    expect((await daemon.ctl('wait', 'flaky', '--for=ready')).code).toBe(0);
  });
});
