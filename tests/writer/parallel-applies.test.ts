import { describe, expect, it } from 'vitest';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

const COUNT = 50;
const names = Array.from({ length: COUNT }, (_, at) => `s${String(at)}`);

describe('parallel applies', () => {
  it('fifty new services are fifty files', async () => {
    const folder = new WriterFolder();
    const results = await Promise.all(names.map((name) => folder.apply(name, serviceText(name), { folder: 'mcp' })));
    expect(results.every(({ outcome }) => outcome === 'created')).toBe(true);
    expect(folder.files()).toHaveLength(COUNT + 1);
  });

  it('fifty edits of one file are all in it', async () => {
    const folder = new WriterFolder();
    folder.write('all.yaml', names.map((name) => serviceText(name)).join('---\n'));
    const set = [{ path: ['spec', 'enabled'], value: false }];
    const edits = names.map((name) =>
      folder.writer.edit({ kind: 'MCPService', name, at: folder.at('all.yaml', name), set }),
    );
    await Promise.all(edits);
    expect(folder.read('all.yaml').match(/enabled: false/g)).toHaveLength(COUNT);
  });

  it('fifty times the same new service is one creation, and the rest find it', async () => {
    const folder = new WriterFolder();
    const results = await Promise.all(names.map(() => folder.apply('a', serviceText('a'))));
    const outcomes = results.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['created', ...Array.from({ length: COUNT - 1 }, () => 'unchanged')]);
    expect(folder.files()).toEqual(['a.yaml']);
  });
});
