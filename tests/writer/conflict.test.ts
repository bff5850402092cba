import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/manifest/index.ts';
import { createFile, removeFile, replaceFile } from '../../src/writer/atomic-file.ts';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

describe('conflict', () => {
  it('a file that changed since it was read is neither replaced nor removed, and nothing is left behind', async () => {
    const folder = new WriterFolder();
    const path = folder.path('a.yaml');
    const before = { text: 'old\n', hash: contentHash('old\n') };
    writeFileSync(path, 'theirs\n');
    await expect(replaceFile(path, before, 'ours\n')).rejects.toMatchObject({ code: 'Conflict' });
    await expect(removeFile(path, before)).rejects.toMatchObject({ code: 'Conflict' });
    expect(await createFile(path, 'ours\n')).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('theirs\n');
    expect(folder.files()).toEqual(['a.yaml']);
  });

  it('a document that moved inside of its file is found by name; one that left is NotFound', async () => {
    const folder = new WriterFolder();
    folder.write('f.yaml', `${serviceText('a')}---\n${serviceText('b')}`);
    const at = folder.at('f.yaml', 'b');
    folder.write('f.yaml', `${serviceText('b')}---\n${serviceText('a')}`);
    const set = [{ path: ['spec', 'enabled'], value: false }];
    await folder.writer.edit({ kind: 'MCPService', name: 'b', at, set });
    expect(folder.read('f.yaml')).toMatch(/name: b[^]*enabled: false[^]*---[^]*name: a/);

    folder.write('f.yaml', serviceText('a'));
    const edit = folder.writer.edit({ kind: 'MCPService', name: 'b', at, set });
    await expect(edit).rejects.toMatchObject({ code: 'NotFound' });
    folder.remove('f.yaml');
    const remove = folder.writer.remove({ kind: 'MCPService', name: 'b', at, force: true });
    await expect(remove).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('a broken file is not touched: its errors are the answer', async () => {
    const folder = new WriterFolder();
    folder.write('a.yaml', serviceText('a'));
    const at = folder.at('a.yaml', 'a');
    const broken = serviceText('a').replace('spec:', 'spek:');
    folder.write('a.yaml', broken);
    const apply = folder.apply('a', serviceText('a'), { at, force: true });
    await expect(apply).rejects.toMatchObject({
      code: 'ManifestInvalid',
      message: expect.stringMatching(/^services\.d\/a\.yaml:\d+:\d+ /),
    });
    expect(folder.read('a.yaml')).toBe(broken);
  });

  it('a source that is not ours to write is refused', async () => {
    const folder = new WriterFolder();
    folder.write('a.yaml', serviceText('a'));
    const at = { ...folder.at('a.yaml', 'a'), source: 'git' };
    await expect(folder.apply('a', serviceText('a'), { at })).rejects.toMatchObject({ code: 'Conflict' });
  });
});
