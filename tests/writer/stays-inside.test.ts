import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

const set = [{ path: ['spec', 'enabled'], value: false }];

describe('the writer stays inside of its root', () => {
  it('writes through a link to its target inside, and the link stays a link', async () => {
    const folder = new WriterFolder();
    folder.write('.store/real.yaml', serviceText('a'));
    symlinkSync('.store/real.yaml', folder.path('a.yaml'));
    await folder.writer.edit({ kind: 'MCPService', name: 'a', at: folder.at('a.yaml', 'a'), set });
    expect(lstatSync(folder.path('a.yaml')).isSymbolicLink()).toBe(true);
    expect(folder.read('.store/real.yaml')).toContain('enabled: false');
    await folder.writer.remove({ kind: 'MCPService', name: 'a', at: folder.at('a.yaml', 'a'), force: true });
    expect(folder.files()).toEqual(['.store']);
  });

  it('refuses a path outside, by dots or by a link', async () => {
    const folder = new WriterFolder();
    const outside = join(folder.workspace, 'outside.yaml');
    writeFileSync(outside, serviceText('a'));
    symlinkSync('../outside.yaml', folder.path('link.yaml'));
    mkdirSync(join(folder.workspace, 'elsewhere'));
    symlinkSync('../elsewhere', folder.path('door'));
    for (const file of ['outside.yaml', 'services.d/../outside.yaml', outside, 'services.d/link.yaml', '/etc/hosts']) {
      const at = { source: 'services.d', revision: '', file, line: 1, index: 0 };
      const edit = folder.writer.edit({ kind: 'MCPService', name: 'a', at, set });
      await expect(edit, file).rejects.toMatchObject({ code: 'BadRequest' });
    }
    for (const name of ['..', '../elsewhere', 'a/b', '.git', '', 'door'])
      await expect(folder.apply('a', serviceText('a'), { folder: name }), name).rejects.toMatchObject({
        code: 'BadRequest',
      });
    expect(readFileSync(outside, 'utf8')).toBe(serviceText('a'));
    expect(folder.files()).toEqual(['door', 'link.yaml']);
  });

  it('a root that is not there is SourceMissing, not an invention', async () => {
    const folder = new WriterFolder();
    folder.remove('.');
    await expect(folder.apply('a', serviceText('a'))).rejects.toMatchObject({ code: 'SourceMissing' });
    await expect(folder.apply('a', serviceText('a'), { folder: 'mcp' })).rejects.toMatchObject({
      code: 'SourceMissing',
    });
  });
});
