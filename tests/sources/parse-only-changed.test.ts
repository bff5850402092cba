import { renameSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import type { Parse } from '../../src/sources/parse-cache.ts';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

describe('parse only changed', () => {
  it('every content is parsed once; a touch, a rewrite with the same bytes and a refresh parse and report nothing', async () => {
    const folder = new ServicesFolder();
    for (const name of ['a', 'b', 'c']) folder.write(`${name}.yaml`, serviceText(name));
    const parsed: string[] = [];
    const parse: Parse = (file, text, options) => {
      parsed.push(file);
      return parseManifests(file, text, options);
    };
    const observed = new ObservedSource(folder, { parse });
    await observed.start();
    expect(parsed.sort()).toEqual(['services.d/a.yaml', 'services.d/b.yaml', 'services.d/c.yaml']);

    utimesSync(folder.path('a.yaml'), 1, 1);
    folder.write('b.yaml', serviceText('b'));
    folder.write('new.tmp', serviceText('c'));
    renameSync(folder.path('new.tmp'), folder.path('c.yaml'));
    await observed.source.refresh();
    expect(parsed).toHaveLength(3);
    expect(observed.reports).toHaveLength(1);

    folder.write('b.yaml', serviceText('b', '    args: [x]'));
    await observed.source.refresh();
    folder.write('c.yaml', 'broken: [');
    await observed.source.refresh();
    await observed.source.refresh();
    expect(parsed.slice(3)).toEqual(['services.d/b.yaml', 'services.d/c.yaml']);
    expect(observed.reports).toHaveLength(3);
  });
});
