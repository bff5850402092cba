import { describe, expect, it } from 'vitest';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

describe('ownership', () => {
  it('apply with other content on a human’s document is a conflict with the patch, and force takes it over', async () => {
    const folder = new WriterFolder();
    folder.write('a.yaml', serviceText('a'));
    const at = folder.at('a.yaml', 'a');
    const wanted = serviceText('a', '    args: [x]');
    const conflict = await folder.apply('a', wanted, { at }).catch((error: unknown) => error);
    expect(conflict).toMatchObject({
      code: 'Conflict',
      data: { file: 'services.d/a.yaml', patch: expect.stringMatching(/^--- a\/services.d\/a.yaml\n\+\+\+ b\//) },
    });
    const { patch } = (conflict as { data: { patch: string } }).data;
    expect(patch).toMatch(/^\+ {4}args:/m);
    expect(patch).not.toContain('managed-by');
    expect(folder.read('a.yaml')).toBe(serviceText('a'));

    expect((await folder.apply('a', serviceText('a'), { at })).outcome).toBe('unchanged');
    expect((await folder.apply('a', wanted, { at, force: true })).outcome).toBe('configured');
    expect(folder.read('a.yaml')).toContain('clarity.runtime/managed-by: clarityctl');
    expect((await folder.apply('a', serviceText('a'), { at, managedBy: 'mcp' })).outcome).toBe('configured');
  });

  it('an edit changes anyone’s document minimally and never owns it', async () => {
    const folder = new WriterFolder();
    const text = `# head\n${serviceText('a').replace('spec:', 'spec:\n  enabled: true   # for now')}`;
    folder.write('a.yaml', text);
    const at = folder.at('a.yaml', 'a');
    const edit = (value: boolean) =>
      folder.writer.edit({ kind: 'MCPService', name: 'a', at, set: [{ path: ['spec', 'enabled'], value }] });
    expect((await edit(false)).outcome).toBe('configured');
    expect(folder.read('a.yaml')).toBe(text.replace('enabled: true ', 'enabled: false '));
    expect((await edit(false)).outcome).toBe('unchanged');
    await edit(true);
    expect(folder.read('a.yaml')).toBe(text);
  });

  it('an edit that would make it invalid is refused', async () => {
    const folder = new WriterFolder();
    folder.write('a.yaml', serviceText('a'));
    const set = [{ path: ['spec', 'enabled'], value: 'perhaps' }];
    const edit = folder.writer.edit({ kind: 'MCPService', name: 'a', at: folder.at('a.yaml', 'a'), set });
    await expect(edit).rejects.toMatchObject({ code: 'ManifestInvalid' });
    expect(folder.read('a.yaml')).toBe(serviceText('a'));
  });

  it('removing a human’s document needs force; the file goes with its last document', async () => {
    const folder = new WriterFolder();
    folder.write('two.yaml', `${serviceText('a')}---\n# about b\n${serviceText('b')}`);
    const remove = (name: string, force: boolean) =>
      folder.writer.remove({ kind: 'MCPService', name, at: folder.at('two.yaml', name), force });
    await expect(remove('a', false)).rejects.toMatchObject({
      code: 'Conflict',
      data: { patch: expect.stringContaining('-  name: a') },
    });
    expect((await remove('a', true)).outcome).toBe('configured');
    expect(folder.read('two.yaml')).toContain('# about b');
    expect(folder.read('two.yaml')).not.toContain('name: a');
    await remove('b', true);
    expect(folder.files()).toEqual([]);
    await folder.apply('c', serviceText('c'));
    await folder.writer.remove({ kind: 'MCPService', name: 'c', at: folder.at('c.yaml', 'c'), force: false });
    expect(folder.files()).toEqual([]);
  });
});
