import { describe, expect, it, vi } from 'vitest';
import { contentHash } from '../../src/manifest/index.ts';
import { INTERVALS } from '../../src/sources/directory/intervals.ts';
import { Looker } from '../../src/sources/directory/look.ts';
import { FakeClock } from '../helpers/clock.ts';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

describe('refresh', () => {
  it('fifty at once are two looks at most, and each sees what was written before it', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    const observed = new ObservedSource(folder);
    await observed.start();
    const look = vi.spyOn(Looker.prototype, 'look');
    const snapshots = await Promise.all(Array.from({ length: 50 }, () => observed.source.refresh()));
    expect(look.mock.calls.length).toBeLessThanOrEqual(2);
    look.mockRestore();
    expect(new Set(snapshots)).toEqual(new Set([observed.latest]));

    folder.write('b.yaml', serviceText('b'));
    const [first, ...others] = await Promise.all(Array.from({ length: 50 }, () => observed.source.refresh()));
    expect(observed.names(first)).toEqual(['a', 'b']);
    expect(others.every((snapshot) => snapshot === observed.latest)).toBe(true);
    expect(observed.reports).toHaveLength(2);
  });

  it('what a writer of ours wrote needs no second stat: the clock never moves', async () => {
    const folder = new ServicesFolder();
    const clock = new FakeClock();
    const observed = new ObservedSource(folder, { clock, intervals: INTERVALS });
    await observed.start();
    const text = serviceText('a');
    folder.write('a.yaml', text);
    const written = [{ file: 'services.d/a.yaml', contentHash: contentHash(text) }];
    expect(observed.names(await observed.source.refresh({ written }))).toEqual(['a']);
    expect(observed.latest.complete).toBe(true);
  });

  it('ends with its signal and with the source', async () => {
    const folder = new ServicesFolder();
    const observed = new ObservedSource(folder, { clock: new FakeClock(), intervals: INTERVALS });
    await observed.start();
    folder.write('a.yaml', serviceText('a'));
    const abort = new AbortController();
    const aborted = observed.source.refresh(undefined, abort.signal);
    const closed = observed.source.refresh();
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    const closing = expect(closed).rejects.toThrow('closed');
    await observed.source.close();
    await closing;
    await expect(observed.source.refresh()).rejects.toThrow('closed');
  });
});
