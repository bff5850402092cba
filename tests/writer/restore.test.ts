import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

const text = (labels: string, args: string, more = '') => `# Ask the docs team.
${serviceText('a', `    args: ${args}  # as typed`).replace('metadata:', `metadata:\n  labels: {team: ${labels}}\n  annotations: {${more}}`)}`;
const rawOf = (written: string) => parseManifests('a.yaml', written).documents[0]!.raw;

function folderWith(written: string) {
  const folder = new WriterFolder();
  folder.write('a.yaml', written);
  const restore = (then: string, dryRun = false) =>
    folder.writer.restore({ kind: 'MCPService', name: 'a', at: folder.at('a.yaml', 'a'), then: rawOf(then), dryRun });
  return { folder, restore };
}

describe('restoring an older document', () => {
  it('brings back spec and labels, keeps comments and the annotations of now, takes no ownership', async () => {
    const stays = 'clarity.runtime/restartedAt: now, note: mine';
    const { folder, restore } = folderWith(text('new', '[two]', stays));
    const { outcome, patch } = await restore(text('old', '[one]', 'clarity.runtime/restartedAt: then, gone: x'));
    expect(outcome).toBe('configured');
    expect(folder.read('a.yaml')).toBe(text('old', '[one]', stays));
    expect(patch).toContain('+    args: [one]  # as typed');
  });

  it('a dry run writes nothing and shows the same patch', async () => {
    const before = text('new', '[two]');
    const { folder, restore } = folderWith(before);
    const dry = await restore(text('old', '[one]'), true);
    expect(folder.read('a.yaml')).toBe(before);
    expect(await restore(text('old', '[one]'))).toEqual(dry);
  });

  it('what means the same is left as it is written', async () => {
    const { folder, restore } = folderWith(text('x', '[one]', 'clarity.runtime/restartedAt: now'));
    const before = folder.read('a.yaml');
    expect(await restore(text('x', '["one"]'))).toMatchObject({ outcome: 'unchanged', patch: '' });
    expect(folder.read('a.yaml')).toBe(before);
  });
});
