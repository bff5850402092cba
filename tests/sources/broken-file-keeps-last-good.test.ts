import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

describe('broken file keeps last good', () => {
  it('reports the errors and goes on with the documents of before, while other files proceed', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    folder.write('b.yaml', serviceText('b'));
    const observed = new ObservedSource(folder);
    await observed.start();
    const before = observed.specHash('a');

    folder.write('a.yaml', serviceText('a').replace('spec:', 'spek:'));
    folder.write('b.yaml', serviceText('b', '    args: [x]'));
    await expect.poll(() => observed.latest.files[0]?.stale).toBe(true);
    const [a, b] = observed.latest.files;
    expect(a?.documents.map(({ specHash }) => specHash)).toEqual([before]);
    expect(a?.diagnostics.map(({ file, severity }) => `${severity} ${file}`)).toContain('error services.d/a.yaml');
    expect(b).toMatchObject({ stale: false, documents: [{ document: { spec: { origin: { args: ['x'] } } } }] });
    expect(observed.latest.complete).toBe(true);

    folder.write('a.yaml', serviceText('a'));
    await expect.poll(() => observed.latest.files[0]).toMatchObject({ stale: false, diagnostics: [] });
    expect(observed.specHash('a')).toBe(before);
    expect(observed.alwaysThere()).toEqual(['a', 'b']);
  });

  it('also over a restart, and for a file that was renamed while broken', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    const first = new ObservedSource(folder);
    await first.start();
    await first.source.close();

    folder.write('a.yaml', 'kind: [');
    const second = new ObservedSource(folder, { lastGood: first.lastGood });
    await second.start();
    expect(second.latest.files[0]).toMatchObject({ stale: true, documents: [{ name: 'a' }] });

    folder.write('sub/moved.yaml', 'kind: [');
    folder.remove('a.yaml');
    await expect.poll(() => second.latest.files.map(({ file }) => file)).toEqual(['services.d/sub/moved.yaml']);
    expect(second.names()).toEqual(['a']);
  });

  it('without a last good form it only reports the errors', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', 'kind: [');
    const observed = new ObservedSource(folder);
    await observed.start();
    expect(observed.latest.files[0]).toMatchObject({ stale: true, documents: [] });
    expect(observed.latest.files[0]?.diagnostics[0]?.text).toMatch(/^error\[\w+\] services\.d\/a\.yaml:1:\d+/);
  });
});
