import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Fleet } from '../../src/controller/fleet.ts';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

/** What the kubelet does to a mounted ConfigMap. */
function project(folder: ServicesFolder, version: string, texts: Record<string, string>): void {
  mkdirSync(folder.path(`..${version}`));
  for (const [file, text] of Object.entries(texts)) writeFileSync(folder.path(`..${version}/${file}`), text);
  symlinkSync(`..${version}`, folder.path('..data_tmp'));
  renameSync(folder.path('..data_tmp'), folder.path('..data'));
}

describe('a mounted ConfigMap', () => {
  it('ConfigMap `..data` swap: exactly one reconcile per changed identity', async () => {
    const folder = new ServicesFolder();
    project(folder, '2026_1', { 'a.yaml': serviceText('a'), 'b.yaml': serviceText('b') });
    for (const file of ['a.yaml', 'b.yaml']) symlinkSync(`..data/${file}`, folder.path(file));
    const observed = new ObservedSource(folder);
    await observed.start();
    expect(observed.latest.files.map(({ file }) => file)).toEqual(['services.d/a.yaml', 'services.d/b.yaml']);
    const [a, b] = ['a', 'b'].map((name) => observed.specHash(name));

    project(folder, '2026_2', { 'a.yaml': serviceText('a', '    args: [x]'), 'b.yaml': serviceText('b') });
    rmSync(folder.path('..2026_1'), { recursive: true });
    await expect.poll(() => observed.specHash('a')).not.toBe(a);
    expect(observed.specHash('b')).toBe(b);
    await observed.source.refresh();
    expect(observed.reports).toHaveLength(2);
    expect(observed.missed).toBe(0);
    // What the loop is asked to reconcile for these reports: both when they come, then the one that changed.
    const fleet = new Fleet([]);
    const nothing = { removedByUs: new Set<string>(), confirmed: new Map<string, string>(), now: 0 };
    const asked = observed.reports.map((snapshot) => {
      const { source } = snapshot;
      const { changed } = fleet.absorb({
        ...nothing,
        sources: new Set([source]),
        snapshots: new Map([[source, snapshot]]),
      });
      return [...changed].sort();
    });
    expect(asked).toEqual([['a', 'b'], ['a']]);
  });
});
