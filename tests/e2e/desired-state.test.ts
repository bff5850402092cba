import { readFile, rename, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ServiceItem } from '../../src/wire/types.ts';
import { Workspace, type Daemon } from '../helpers/daemon.ts';
import { serverEntry, stdioManifest } from '../helpers/manifests.ts';

const commented = `# what agents remember\n${stdioManifest('memory', [serverEntry('memory')]).replace('spec:', '# the heart of it\nspec:')}`;

describe('desired state', () => {
  let workspace: Workspace;
  let daemon: Daemon;
  const file = () => workspace.path('services.d/memory.yaml');
  const item = async (name = 'memory') =>
    (await daemon.json<{ items: ServiceItem[] }>('list')).items.find((one) => one.name === name);

  beforeAll(async () => {
    workspace = await Workspace.create({ 'services.d/memory.yaml': commented });
    daemon = await workspace.daemon();
    await daemon.ctl('wait', 'memory', '--for=ready', '--timeout', '25s');
  }, 40_000);
  afterAll(() => workspace.dispose());

  it('`diff` 0/1/2', async () => {
    expect(await daemon.ctl('diff', '-f', file())).toMatchObject({ code: 0 });
    await workspace.write('copy/memory.yaml', commented.replace('args: [', 'args: ["--inspect=0",'));
    const changed = await daemon.ctl('diff', '-f', 'copy/memory.yaml');
    expect(changed.code).toBe(1);
    expect(changed.stdout).toMatch(/^[-+].*--inspect=0/m);
    expect(changed.stdout).toMatch(/^(restart|replace) memory \(spec\.origin\.args.* changed\)$/m);
    await workspace.write('copy/broken.yaml', 'metadata: [');
    expect(await daemon.ctl('diff', '-f', 'copy/broken.yaml')).toMatchObject({ code: 2 });
    expect(await daemon.ctl('diff')).toMatchObject({ code: 0 });
  });

  it('diff --probe: what clients would lose, from a second server that is gone again', async () => {
    const pid = (await item())?.status.pid;
    await workspace.write('copy/memory.yaml', `${commented}  tools: {deny: [read_graph]}\n`);
    const { code, stdout } = await daemon.ctl('diff', '-f', 'copy/memory.yaml', '--probe');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}tools {6}- memory__read_graph\n {2}tool list {2}about \d+ tokens before, \d+ after$/m);
    const children = `/proc/${String(daemon.pid)}/task/${String(daemon.pid)}/children`;
    expect((await readFile(children, 'utf8')).trim()).toBe(String(pid));
    expect((await item())?.status).toMatchObject({ pid, restarts: 0 });
  });

  it('`apply` twice → `unchanged`; `apply` on human file → conflict; comments survive', async () => {
    await workspace.write('elsewhere/second.yaml', `# kept\n${stdioManifest('second', [serverEntry('memory')])}`);
    expect((await daemon.ctl('apply', '-f', 'elsewhere/second.yaml')).stdout).toContain('created');
    expect((await daemon.ctl('apply', '-f', 'elsewhere/second.yaml')).stdout).toContain('unchanged');
    expect(await readFile(workspace.path('services.d/second.yaml'), 'utf8')).toContain('# kept');
    const conflict = await daemon.ctl('apply', '-f', 'copy/memory.yaml');
    expect(conflict.code).toBe(1);
    expect(`${conflict.stdout}${conflict.stderr}`).toContain('conflict');
    expect(await readFile(file(), 'utf8')).toBe(commented);
  });

  it('`wait --for=ready` right after apply never returns on the old generation', async () => {
    for (let i = 0; i < 3; i++) {
      await workspace.write(
        'elsewhere/second.yaml',
        stdioManifest('second', [serverEntry('memory'), `--round-${String(i)}`]),
      );
      expect((await daemon.ctl('apply', '-f', 'elsewhere/second.yaml')).stdout).toContain('configured');
      expect((await daemon.ctl('wait', 'second', '--for=ready')).code).toBe(0);
      const { generation, observedGeneration, status } = (await item('second')) ?? {};
      expect(observedGeneration).toBe(generation);
      expect(await readFile(`/proc/${String(status?.pid)}/cmdline`, 'utf8')).toContain(`--round-${String(i)}`);
    }
  });

  it('rename the file / move to subfolder / reorder keys / add a comment: no restart, generation unchanged', async () => {
    const before = await item();
    await rename(file(), workspace.path('services.d/renamed.yaml'));
    await expect.poll(async () => (await item())?.origin.file).toBe('services.d/renamed.yaml');
    await workspace.write('services.d/sub/memory.yaml', commented);
    await writeFile(workspace.path('services.d/renamed.yaml'), '');
    await expect.poll(async () => (await item())?.origin.file).toBe('services.d/sub/memory.yaml');
    const [head, spec] = commented.split('# the heart of it\n') as [string, string];
    await workspace.write(
      'services.d/sub/memory.yaml',
      `# more\n${spec}${head.replaceAll(/^apiVersion.*\n/gm, '')}apiVersion: clarity.runtime/v1\n`,
    );
    await expect.poll(async () => (await item())?.origin.line).toBe(2);
    expect(await item()).toMatchObject({
      generation: before?.generation,
      status: { pid: before?.status.pid, restarts: 0 },
    });
    await workspace.write('services.d/memory.yaml', commented);
    await writeFile(workspace.path('services.d/sub/memory.yaml'), '');
    await expect.poll(async () => (await item())?.origin.file).toBe('services.d/memory.yaml');
  });

  it('`stop` then `start` of a hand-written manifest: exit 0, comments survive', async () => {
    expect((await daemon.ctl('stop', 'memory')).code).toBe(0);
    expect((await daemon.ctl('wait', 'memory', '--for=stopped')).code).toBe(0);
    expect(await item()).toMatchObject({ lifecycle: 'STOPPED', ready: 'False' });
    expect((await daemon.ctl('start', 'memory')).code).toBe(0);
    expect((await daemon.ctl('wait', 'memory', '--for=ready')).code).toBe(0);
    const text = await readFile(file(), 'utf8');
    expect(text).toContain('# what agents remember');
    expect(text).toContain('# the heart of it');
    expect(text).not.toContain('managed-by');
  });

  it('restart replaces the process', async () => {
    const before = await item();
    expect((await daemon.ctl('restart', 'memory')).code).toBe(0);
    expect((await daemon.ctl('wait', 'memory', '--for=ready')).code).toBe(0);
    const after = await item();
    expect(after?.status.pid).not.toBe(before?.status.pid);
    expect(after?.restartCount).toBe((before?.restartCount ?? 0) + 1);
  });

  it('a start that hangs gives way to the next generation at once', async () => {
    const hanging = stdioManifest('slow', ['-e', 'setInterval(() => {}, 1e6)']);
    await workspace.write('services.d/slow.yaml', hanging);
    await expect.poll(async () => (await item('slow'))?.lifecycle).toBe('STARTING');
    await workspace.write('services.d/slow.yaml', stdioManifest('slow', [serverEntry('memory')]));
    expect((await daemon.ctl('wait', 'slow', '--for=ready', '--timeout', '10s')).code).toBe(0);
  });

  it('delete of a file stops the service', async () => {
    expect((await daemon.ctl('delete', 'second')).code).toBe(0);
    expect((await daemon.ctl('wait', 'second', '--for=delete')).code).toBe(0);
    expect(await item('second')).toBeUndefined();
  });
});
