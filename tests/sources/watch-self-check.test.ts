import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watch as chokidarWatch } from 'chokidar';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Watch } from '../../src/sources/directory/watch.ts';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

/** Watches another folder, as a watch on a network mount does in effect. */
function deaf(armed: { times: number }): Watch {
  const elsewhere = mkdtempSync(join(tmpdir(), 'clarity-deaf-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  return (_paths, options) => {
    const watcher = chokidarWatch(elsewhere, options);
    return watcher.once('ready', () => (armed.times += 1));
  };
}

describe('watch self-check', () => {
  it('changes without an event are counted, arm again, and the third in a row leads to polling', async () => {
    const folder = new ServicesFolder();
    const armed = { times: 0 };
    const observed = new ObservedSource(folder, { watch: deaf(armed), intervals: { rescanMs: 400 } });
    await observed.start();
    for (const [at, name] of ['a', 'b', 'c'].entries()) {
      await expect.poll(() => armed.times).toBe(at + 1);
      await observed.source.refresh();
      folder.write(`${name}.yaml`, serviceText(name));
      await expect.poll(() => observed.names(), { timeout: 5000 }).toContain(name);
      await expect.poll(() => observed.missed).toBe(at + 1);
    }
    await expect.poll(() => observed.latest.condition?.reason).toBe('WatchDegraded');
    expect(observed.latest.complete).toBe(true);
    expect(observed.warnings).toEqual([expect.stringContaining('polled')]);
    folder.write('d.yaml', serviceText('d'));
    await expect.poll(() => observed.names()).toContain('d');
  });

  it('where the system has no watches left it polls from the start', async () => {
    const folder = new ServicesFolder();
    const watch: Watch = (paths, options) => {
      const watcher = chokidarWatch(paths, options);
      queueMicrotask(() =>
        watcher.emit('error', Object.assign(new Error('ENOSPC: no watches left'), { code: 'ENOSPC' })),
      );
      return watcher;
    };
    const observed = new ObservedSource(folder, { watch });
    await observed.start();
    await expect
      .poll(() => observed.latest.condition)
      .toMatchObject({ reason: 'WatchDegraded', message: expect.stringContaining('ENOSPC') });
    folder.write('a.yaml', serviceText('a'));
    await expect.poll(() => observed.names()).toEqual(['a']);
    expect(observed.missed).toBe(0);
  });

  it('a healthy watcher misses nothing', async () => {
    const folder = new ServicesFolder();
    const observed = new ObservedSource(folder, { intervals: { rescanMs: 50 } });
    await observed.start();
    for (let at = 0; at < 20; at += 1) {
      folder.write(`f${String(at % 5)}.yaml`, serviceText(`s${String(at % 5)}`, `    args: ["${String(at)}"]`));
      await observed.source.refresh();
    }
    expect(observed.missed).toBe(0);
    expect(observed.latest.condition).toBeUndefined();
  });
});
