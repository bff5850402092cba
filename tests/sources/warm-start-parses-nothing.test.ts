import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import type { Parse } from '../../src/sources/parse-cache.ts';
import { BUILT_IN_LIMITS, type DefaultLimits } from '../../src/shared/limits.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

/** One life of a daemon's source: starts, stops, and tells what it parsed and what it reported first. */
async function live(folder: ServicesFolder, stateDir: string, stamp = 'build 1', limits?: DefaultLimits) {
  const store = openStore({ stateDir, clock: new FakeClock(), logger: collectingLogger().logger });
  const parsed: string[] = [];
  const parse: Parse = (file, text, options) => {
    parsed.push(file);
    return parseManifests(file, text, options);
  };
  const observed = new ObservedSource(folder, {
    parse,
    parsed: { store: store.parsed, stamp },
    ...(limits && { limits }),
  });
  const { files, revision } = await observed.start();
  await observed.source.close();
  const kept = store.parsed.files('services.d');
  store.close();
  return { parsed: parsed.sort(), files, revision, kept };
}

describe('a warm start', () => {
  it('parses nothing and reports the same, errors and warnings too', async () => {
    const folder = new ServicesFolder();
    const stateDir = tempFolder();
    folder.write('a.yaml', serviceText('a'));
    folder.write('two.yaml', `${serviceText('b')}---\n${serviceText('c')}`);
    folder.write('broken.yaml', 'broken: [');
    const cold = await live(folder, stateDir);
    expect(cold.parsed).toHaveLength(3);
    const warm = await live(folder, stateDir);
    expect(warm.parsed).toEqual([]);
    expect(warm.revision).toBe(cold.revision);
    expect(warm.files).toEqual(cold.files);
  });

  it('parses what changed meanwhile, and keeps nothing of what is gone', async () => {
    const folder = new ServicesFolder();
    const stateDir = tempFolder();
    for (const name of ['a', 'b', 'c']) folder.write(`${name}.yaml`, serviceText(name));
    await live(folder, stateDir);
    folder.write('b.yaml', serviceText('b', '    args: [x]'));
    folder.remove('c.yaml');
    const warm = await live(folder, stateDir);
    expect(warm.parsed).toEqual(['services.d/b.yaml']);
    expect(warm.kept).toEqual(['services.d/a.yaml', 'services.d/b.yaml']);
  });

  it.each([
    ['another build', 'build 2', undefined],
    ['other default limits', 'build 1', { ...BUILT_IN_LIMITS, wasmTimeoutMs: 1234 }],
  ])('under %s parses everything anew', async (_why, stamp, limits) => {
    const folder = new ServicesFolder();
    const stateDir = tempFolder();
    folder.write('a.yaml', serviceText('a'));
    await live(folder, stateDir);
    expect((await live(folder, stateDir, stamp, limits)).parsed).toEqual(['services.d/a.yaml']);
  });
});
