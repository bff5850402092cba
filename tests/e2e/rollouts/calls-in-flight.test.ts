import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace, type Daemon } from '../../helpers/daemon.ts';
import { answerText, callMcp } from '../../helpers/mcp-client.ts';
import { versionedManifest, type VersionedOptions } from '../../helpers/versioned-server.ts';

describe('a call that is in flight when its service changes', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  /** Replaces the service; `strategy` and `drainSeconds` are part of both generations. */
  const write = (name: string, version: string, rollout: string, options: VersionedOptions = {}) => {
    const journal = workspace.path(`${name}.journal`);
    const spec = `  rollout: ${rollout}\n  stopGraceSeconds: 1\n`;
    return workspace.write(`services.d/${name}.yaml`, versionedManifest(name, version, { journal, ...options }, spec));
  };
  const journal = async (name: string) =>
    (await readFile(workspace.path(`${name}.journal`), 'utf8').catch(() => '')).trim().split('\n');
  const version = async (name: string) => answerText(await callMcp(daemon.mcp, `${name}__version`, { ms: 0 }));
  /** Begins a call that ends when `release` is called. */
  const held = async (name: string) => {
    await expect.poll(() => version(name), { interval: 20 }).toBe('v1');
    const answer = callMcp(daemon.mcp, `${name}__hold`, { until: workspace.path(`${name}.release`) });
    await expect.poll(() => journal(name), { interval: 20 }).toContain('hold v1');
    return { answer, release: () => workspace.write(`${name}.release`, '') };
  };

  beforeAll(async () => {
    workspace = await Workspace.create();
    await Promise.all([
      write('beside', 'v1', '{drainSeconds: 20}'),
      write('slow', 'v1', '{drainSeconds: 1}'),
      write('alone', 'v1', '{strategy: Recreate, drainSeconds: 20}', { lock: workspace.path('lock') }),
    ]);
    daemon = await workspace.daemon();
  }, 60_000);
  afterAll(() => workspace.dispose());

  it('is finished by the old process, beside the new one', async () => {
    const { answer, release } = await held('beside');
    await write('beside', 'v2', '{drainSeconds: 20}');
    await expect.poll(() => version('beside'), { interval: 20 }).toBe('v2');
    expect(await journal('beside')).toEqual(['begin v1', 'hold v1', 'begin v2']);
    await release();
    expect(answerText(await answer)).toBe('v1');
    await expect.poll(() => journal('beside'), { interval: 20 }).toContain('end v1');
  });

  it('is cut when it takes longer than drainSeconds', async () => {
    const { answer } = await held('slow');
    await write('slow', 'v2', '{drainSeconds: 1}');
    expect(await answer).toMatchObject({ error: { data: { sent: true } } });
    expect(await version('slow')).toBe('v2');
  });

  it('is finished before the new process begins where two must not run at once', async () => {
    const lock = { lock: workspace.path('lock') };
    const recreate = '{strategy: Recreate, drainSeconds: 20}';
    const { answer, release } = await held('alone');
    await write('alone', 'v2', recreate, lock);
    await expect.poll(() => version('alone'), { interval: 20 }).toContain('not running');
    await release();
    expect(answerText(await answer)).toBe('v1');
    await expect.poll(() => version('alone'), { interval: 20 }).toBe('v2');
    await write('alone', 'v3', recreate, lock);
    await expect.poll(() => version('alone'), { interval: 20 }).toBe('v3');
    expect(await journal('alone')).toEqual(['begin v1', 'hold v1', 'end v1', 'begin v2', 'end v2', 'begin v3']);
  });
});
