import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ObservedSource } from '../helpers/observed-source.ts';
import { ServicesFolder, serviceText } from '../helpers/services-folder.ts';

const lines = (count: number) => Array.from({ length: count }, (_, at) => `      - argument-${String(at)}`).join('\n');
const args = (count: number) => serviceText('a', `    args:\n${lines(count)}`);

describe('half-written file', () => {
  it('truncate, a pause longer than the quiet time, the rest: the half, though valid, is never reported', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', args(40));
    const observed = new ObservedSource(folder, { intervals: { quietMs: 60, stableMs: 30, doubtMs: 1500 } });
    await observed.start();
    const whole = args(41);
    const half = args(20);
    const file = openSync(folder.path('a.yaml'), 'r+');
    ftruncateSync(file);
    writeSync(file, half, 0);
    await sleep(400);
    writeSync(file, whole.slice(half.length - 1), half.length - 1);
    closeSync(file);
    const counts = () =>
      observed.reports.map(
        (report) => (report.files[0]?.documents[0]?.document.spec as any).origin.args.length as number,
      );
    await expect.poll(() => counts().at(-1)).toBe(41);
    expect(counts()).toEqual([40, 41]);
  });

  it('a file that never holds still stays as it was, the folder is not complete, and other files proceed', async () => {
    const folder = new ServicesFolder();
    folder.write('a.yaml', serviceText('a'));
    const observed = new ObservedSource(folder, { intervals: { maxWaitMs: 300 } });
    await observed.start();
    const restless = setInterval(
      () => folder.write('a.yaml', `${serviceText('a')}# ${'x'.repeat(Math.random() * 99)}\n`),
      10,
    );
    try {
      folder.write('b.yaml', serviceText('b'));
      await expect.poll(() => observed.names()).toEqual(['a', 'b']);
      await expect.poll(() => observed.latest.condition?.message).toContain('a.yaml');
      expect(observed.latest.complete).toBe(false);
    } finally {
      clearInterval(restless);
    }
    await expect.poll(() => observed.latest).toMatchObject({ complete: true });
  });
});
