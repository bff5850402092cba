import { mkdirSync, renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

describe('rename is no absence', () => {
  it('a document that moves to another file or folder is there in every report, once, with the same hash', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('x'));
    const observed = new ObservedSource(folder);
    await observed.start();
    const before = observed.specHash('x');
    renameSync(folder.path('a.yaml'), folder.path('b.yml'));
    await expect.poll(() => observed.latest.files.map(({ file }) => file)).toEqual(['services.d/b.yml']);
    mkdirSync(folder.path('team'));
    renameSync(folder.path('b.yml'), folder.path('team/c.yaml'));
    await expect.poll(() => observed.latest.files.map(({ file }) => file)).toEqual(['services.d/team/c.yaml']);
    expect(observed.reports.map((report) => observed.names(report))).toEqual(observed.reports.map(() => ['x']));
    expect(observed.specHash('x')).toBe(before);
    expect([...observed.lastGood.texts.keys()]).toEqual(['services.d/team/c.yaml']);
  });
});
