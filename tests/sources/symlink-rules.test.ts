import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

describe('symlink rules', () => {
  it('links inside of the folder are followed; one that leads out or nowhere is a diagnostic', async () => {
    const folder = new ServicesFolder();
    folder.write('.hidden/real.yaml', serviceText('inside'));
    symlinkSync('.hidden/real.yaml', folder.path('inside.yaml'));
    writeFileSync(join(folder.workspace, 'secret.yaml'), serviceText('outside'));
    symlinkSync('../secret.yaml', folder.path('outside.yaml'));
    symlinkSync('nowhere.yaml', folder.path('dangling.yaml'));
    mkdirSync(join(folder.workspace, 'others'));
    writeFileSync(join(folder.workspace, 'others/x.yaml'), serviceText('other'));
    symlinkSync('../others', folder.path('others'));
    const observed = new ObservedSource(folder);
    await observed.start();
    expect(observed.names()).toEqual(['inside']);
    const codes = observed.latest.files.map(({ file, diagnostics }) => [file, diagnostics[0]?.code]);
    expect(codes).toEqual([
      ['services.d/dangling.yaml', 'FileUnreadable'],
      ['services.d/inside.yaml', undefined],
      ['services.d/others', 'SymlinkOutside'],
      ['services.d/outside.yaml', 'SymlinkOutside'],
    ]);
    expect(observed.latest.complete).toBe(true);
  });

  it('a good file that becomes a link out of the folder keeps its last good form', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    const observed = new ObservedSource(folder);
    await observed.start();
    folder.remove('a.yaml');
    writeFileSync(join(folder.workspace, 'a.yaml'), serviceText('a', '    args: [evil]'));
    symlinkSync('../a.yaml', folder.path('a.yaml'));
    await expect.poll(() => observed.latest.files[0]?.diagnostics[0]?.code).toBe('SymlinkOutside');
    expect(observed.latest.files[0]).toMatchObject({ stale: true, documents: [{ name: 'a' }] });
    expect(JSON.stringify(observed.latest)).not.toContain('evil');

    folder.remove('a.yaml');
    folder.write('a.yaml', serviceText('a'));
    await expect.poll(() => observed.latest.files[0]).toMatchObject({ stale: false, diagnostics: [] });
  });
});
