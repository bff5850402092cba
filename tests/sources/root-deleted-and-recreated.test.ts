import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

function folderOf(...names: string[]): ServicesFolder {
  const folder = new ServicesFolder();
  for (const name of names) folder.write(`${name}.yaml`, serviceText(name));
  return folder;
}

describe('root deleted and recreated', () => {
  it('deleting the folder removes nothing and says SourceMissing; recreating it goes on as before', async () => {
    const folder = folderOf('a', 'b', 'c', 'd');
    const observed = new ObservedSource(folder);
    await observed.start();
    rmSync(folder.root, { recursive: true });
    await expect.poll(() => observed.latest.condition?.reason).toBe('SourceMissing');
    expect(observed.latest.complete).toBe(false);
    expect(observed.names()).toEqual(['a', 'b', 'c', 'd']);

    for (const name of ['a', 'b', 'c', 'e']) folder.write(`${name}.yaml`, serviceText(name));
    await expect.poll(() => observed.names()).toEqual(['a', 'b', 'c', 'e']);
    expect(observed.latest).toMatchObject({ complete: true });
    expect(observed.latest.condition).toBeUndefined();
    expect(observed.alwaysThere()).toEqual(['a', 'b', 'c']);

    folder.write('f.yaml', serviceText('f'));
    await expect.poll(() => observed.names()).toContain('f');
    expect(observed.missed).toBe(0);
  });

  it('an empty folder in its place proves nothing until something stands in it', async () => {
    const folder = folderOf('a', 'b');
    const observed = new ObservedSource(folder);
    await observed.start();
    renameSync(folder.root, join(folder.workspace, 'old'));
    mkdirSync(folder.root);
    await expect.poll(() => observed.latest.condition?.message).toContain('empty folder');
    const snapshot = await observed.source.refresh();
    expect(snapshot.complete).toBe(false);
    expect(observed.names(snapshot)).toEqual(['a', 'b']);

    folder.write('b.yaml', serviceText('b'));
    await expect.poll(() => observed.names()).toEqual(['b']);
    expect(observed.latest.complete).toBe(true);
  });

  it('a folder that another one replaced is watched from then on', async () => {
    const folder = folderOf('a');
    const observed = new ObservedSource(folder);
    await observed.start();
    const next = join(folder.workspace, 'next');
    mkdirSync(next);
    renameSync(folder.root, join(folder.workspace, 'old'));
    renameSync(next, folder.root);
    folder.write('b.yaml', serviceText('b'));
    await expect.poll(() => observed.names()).toEqual(['b']);
    folder.write('c.yaml', serviceText('c'));
    await expect.poll(() => observed.names()).toEqual(['b', 'c']);
  });

  it('a folder that is missing at start is picked up when it comes; until then the last good forms stand in', async () => {
    const folder = folderOf('a', 'b');
    const first = new ObservedSource(folder);
    await first.start();
    await first.source.close();
    rmSync(folder.root, { recursive: true });
    const second = new ObservedSource(folder, { lastGood: first.lastGood });
    await second.start();
    expect(second.latest).toMatchObject({ complete: false, condition: { reason: 'SourceMissing' } });
    expect(second.names()).toEqual(['a', 'b']);

    folder.write('b.yaml', serviceText('b'));
    await expect.poll(() => second.names()).toEqual(['b']);
    expect(second.latest).toMatchObject({ complete: true, files: [{ stale: false, diagnostics: [] }] });
  });

  it('what was deleted while nobody looked is not brought back', async () => {
    const folder = folderOf('a', 'b');
    const first = new ObservedSource(folder);
    await first.start();
    await first.source.close();
    folder.remove('a.yaml');
    const second = new ObservedSource(folder, { lastGood: first.lastGood });
    await second.start();
    expect(second.reports.map((report) => second.names(report))).toEqual([['b']]);
  });
});
