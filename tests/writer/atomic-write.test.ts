import { chmodSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import { ObservedSource } from '../helpers/observed-source.ts';
import { serviceText } from '../helpers/services-folder.ts';
import { WriterFolder } from '../helpers/writer-folder.ts';

const args = (count: number) =>
  serviceText('a', `    args: [${Array.from({ length: count }, (_, at) => `"${String(at)}"`).join(', ')}]`);

describe('atomic write', () => {
  it('whoever reads meanwhile sees one version or the other, whole; the mode stays', async () => {
    const folder = new WriterFolder();
    await folder.apply('a', args(1000));
    chmodSync(folder.path('a.yaml'), 0o640);
    const at = folder.at('a.yaml', 'a');
    const seen = new Set<number>();
    const writing = new AbortController();
    const reading = (async () => {
      while (!writing.signal.aborted) {
        const { documents } = parseManifests('a', readFileSync(folder.path('a.yaml'), 'utf8'));
        seen.add((documents[0]?.document.spec as any).origin.args.length as number);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let round = 0; round < 10; round += 1) await folder.apply('a', args(round % 2 === 0 ? 500 : 1000), { at });
    writing.abort();
    await reading;
    expect([...seen].every((count) => count === 500 || count === 1000)).toBe(true);
    expect(statSync(folder.path('a.yaml')).mode & 0o777).toBe(0o640);
    expect(folder.files()).toEqual(['a.yaml']);
  });

  it('a source never sees the temporary files, and takes in what was written at once', async () => {
    const folder = new WriterFolder();
    const observed = new ObservedSource(folder);
    await observed.start();
    for (const name of ['a', 'b', 'c']) {
      const written = [await folder.apply(name, serviceText(name))];
      await observed.source.refresh({ written });
      expect(observed.names()).toContain(name);
    }
    const files = new Set(observed.reports.flatMap((report) => report.files.map(({ file }) => file)));
    expect([...files].sort()).toEqual(['a', 'b', 'c'].map((name) => `services.d/${name}.yaml`));
  });
});
