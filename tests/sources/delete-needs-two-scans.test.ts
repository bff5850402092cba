import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { MemoryLastGood, ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

/** Turns the hands until the promise settles: passes wait by the clock, the file system does not. */
async function settle<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  const turning = setInterval(() => clock.advance(5), 1);
  try {
    return await promise;
  } finally {
    clearInterval(turning);
  }
}

describe('delete needs two scans', () => {
  it('keeps what one complete scan misses until another one, confirmMs later, misses it too', async () => {
    const clock = new FakeClock();
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    folder.write('b.yaml', serviceText('b'));
    const observed = new ObservedSource(folder, { clock, intervals: { confirmMs: 60_000, rescanMs: 600_000 } });
    await settle(clock, observed.start());
    const { revision } = observed.latest;

    folder.remove('a.yaml');
    await settle(clock, observed.source.refresh());
    await settle(clock, observed.source.refresh());
    expect(observed.names()).toEqual(['a', 'b']);
    expect(observed.latest).toMatchObject({ complete: true, revision });

    clock.advance(60_000);
    await settle(clock, observed.source.refresh());
    expect(observed.names()).toEqual(['b']);
    expect(observed.latest.revision).not.toBe(revision);
    expect([...observed.lastGood.texts.keys()]).toEqual(['services.d/b.yaml']);
  });

  it('looks a second time by itself, for one document of a file too', async () => {
    const folder = new ServicesFolder();
    folder.write('two.yaml', `${serviceText('a')}---\n${serviceText('b')}`);
    const observed = new ObservedSource(folder);
    await observed.start();
    folder.write('two.yaml', serviceText('b'));
    await expect.poll(() => observed.names()).toEqual(['b']);
    folder.remove('two.yaml');
    await expect.poll(() => observed.names()).toEqual([]);
    expect(observed.latest).toMatchObject({ complete: true, files: [] });
  });

  it('at the start, too: what the process before knew is missed twice before the first snapshot', async () => {
    const clock = new FakeClock();
    const folder = new ServicesFolder();
    const lastGood = new MemoryLastGood();
    for (const name of ['a', 'b', 'moved']) lastGood.texts.set(`services.d/${name}.yaml`, serviceText(name));
    lastGood.texts.set('services.d/two.yaml', `${serviceText('c')}---\n${serviceText('d')}`);
    folder.write('b.yaml', serviceText('b'));
    folder.write('new.yaml', serviceText('moved'));
    folder.write('two.yaml', serviceText('c'));
    const observed = new ObservedSource(folder, { clock, lastGood, intervals: { confirmMs: 5000 } });
    const started = settle(clock, observed.start());
    await expect.poll(() => lastGood.texts.has('services.d/new.yaml')).toBe(true);
    expect(observed.reports).toEqual([]);
    folder.write('a.yaml', serviceText('a'));
    await started;
    expect(observed.reports).toHaveLength(1);
    expect(observed.names()).toEqual(['a', 'b', 'c', 'moved']);
    expect([...lastGood.texts.keys()].sort()).toEqual(
      ['a', 'b', 'new', 'two'].map((name) => `services.d/${name}.yaml`),
    );
  });

  it('a document that comes back in between was never away', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    const observed = new ObservedSource(folder);
    await observed.start();
    folder.remove('a.yaml');
    await observed.source.refresh();
    folder.write('a.yaml', serviceText('a'));
    await observed.source.refresh();
    expect(observed.reports).toHaveLength(1);
  });

  it('what a writer of ours took away counts at once', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    const observed = new ObservedSource(folder, { intervals: { confirmMs: 600_000 } });
    await observed.start();
    folder.remove('a.yaml');
    const snapshot = await observed.source.refresh({ removed: [{ kind: 'MCPService', name: 'a' }] });
    expect(observed.names(snapshot)).toEqual([]);
  });
});
