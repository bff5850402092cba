import { execFileSync } from 'node:child_process';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

function repository(): { folder: ServicesFolder; git: (...args: string[]) => string } {
  const folder = new ServicesFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: folder.workspace,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  git('init', '-q');
  folder.write('a.yaml', serviceText('a'));
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  return { folder, git };
}

describe('git lock', () => {
  it('nothing is taken in while index.lock stands, and SourceBusy says so; afterwards everything is', async () => {
    const { folder } = repository();
    const observed = new ObservedSource(folder);
    await observed.start();
    const lock = join(folder.workspace, '.git/index.lock');
    writeFileSync(lock, '');
    folder.write('b.yaml', serviceText('b'));
    await expect.poll(() => observed.latest.condition?.reason).toBe('SourceBusy');
    const busy = await observed.source.refresh();
    expect(busy).toMatchObject({ complete: false, condition: { message: expect.stringContaining('index.lock') } });
    expect(observed.names(busy)).toEqual(['a']);
    rmSync(lock);
    await expect.poll(() => observed.names()).toEqual(['a', 'b']);
    expect(observed.latest.complete).toBe(true);
  });

  it('the lock of a linked work tree is its own', async () => {
    const { folder, git } = repository();
    git('worktree', 'add', '-q', 'linked');
    const gitDir = join(folder.workspace, '.git/worktrees/linked');
    const linked = { root: join(folder.workspace, 'linked/services.d'), workspace: join(folder.workspace, 'linked') };
    writeFileSync(join(folder.workspace, '.git/index.lock'), '');
    const observed = new ObservedSource(linked);
    await observed.start();
    expect(observed.latest.complete).toBe(true);
    writeFileSync(join(gitDir, 'index.lock'), '');
    expect(await observed.source.refresh()).toMatchObject({ complete: false, condition: { reason: 'SourceBusy' } });
  });

  it('a lock older than ten minutes is ignored with one warning', async () => {
    const { folder } = repository();
    const lock = join(folder.workspace, '.git/index.lock');
    writeFileSync(lock, '');
    const old = Date.now() / 1000 - 601;
    utimesSync(lock, old, old);
    const observed = new ObservedSource(folder);
    await observed.start();
    await observed.source.refresh();
    expect(observed.latest.complete).toBe(true);
    expect(observed.warnings).toEqual([expect.stringContaining('index.lock')]);
  });

  it('a merge under way forbids removals, and only them', async () => {
    const { folder } = repository();
    folder.write('b.yaml', serviceText('b'));
    const observed = new ObservedSource(folder);
    await observed.start();
    const mark = join(folder.workspace, '.git/MERGE_HEAD');
    writeFileSync(mark, '');
    folder.remove('a.yaml');
    folder.write('c.yaml', serviceText('c'));
    await expect.poll(() => observed.names()).toEqual(['a', 'b', 'c']);
    expect(observed.latest).toMatchObject({ complete: false, condition: { reason: 'SourceBusy' } });
    rmSync(mark);
    await expect.poll(() => observed.names()).toEqual(['b', 'c']);
    expect(observed.latest.complete).toBe(true);
    expect(observed.latest.condition).toBeUndefined();
  });
});
