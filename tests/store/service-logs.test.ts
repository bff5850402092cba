import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { LogLine } from '../../src/reconcile/ports.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { FileServiceLogs } from '../../src/store/file-service-logs.ts';
import { FakeClock, systemClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function setUp(folder = join(tempFolder(), 'logs'), clock: Clock = new FakeClock(Date.UTC(2026, 0, 1))) {
  const { logger, lines } = collectingLogger();
  const redact = vi.fn((text: string) => text.replaceAll('s3cret', '***'));
  const logs = new FileServiceLogs({ folder, clock, logger, redact });
  const texts = async (limit: number) => (await logs.tail('svc', limit)).map(({ text }) => text);
  return { folder, clock, logs, lines, texts, redact };
}

describe('the logs of a service', () => {
  it('are kept redacted, in order, and told from the end', async () => {
    const { logs, texts, folder } = setUp();
    logs.append('svc', 'stderr', 'first s3cret\nwith a break');
    logs.append('other', 'stdout', 'not mine');
    logs.append('svc', 'runtime', 'zweite Zeile 🙂');
    expect(await logs.tail('svc', 10)).toEqual([
      { at: '2026-01-01T00:00:00.000Z', stream: 'stderr', text: 'first ***\nwith a break' },
      { at: '2026-01-01T00:00:00.000Z', stream: 'runtime', text: 'zweite Zeile 🙂' },
    ]);
    expect(await texts(1)).toEqual(['zweite Zeile 🙂']);
    expect(await texts(0)).toEqual([]);
    expect(readFileSync(join(folder, 'svc.jsonl'), 'utf8')).not.toContain('s3cret');
    expect(await logs.tail('never-logged', 5)).toEqual([]);
  });

  it('reach the disk by themselves', async () => {
    const { logs, folder } = setUp(undefined, systemClock);
    logs.append('svc', 'stdout', 'by itself');
    await expect.poll(() => readFileSync(join(folder, 'svc.jsonl'), 'utf8')).toContain('by itself');
  });

  it('survive a restart and a line torn by kill -9', async () => {
    const before = setUp();
    before.logs.append('svc', 'stdout', 'before');
    await before.logs.close();
    appendFileSync(join(before.folder, 'svc.jsonl'), '{"at":"2026-01-01T00:00:00.000Z","stream":"std');
    const after = setUp(before.folder);
    after.logs.append('svc', 'stdout', 'after');
    expect(await after.texts(10)).toEqual(['before', 'after']);
  });

  it('are rotated: two files of at most 4 MiB, and the tail reads over both', async () => {
    const { logs, texts, folder } = setUp();
    for (let n = 0; n < 1200; n++) {
      logs.append('svc', 'stdout', `${String(n)} ${'x'.repeat(10_000)}`);
      if (n % 50 === 0) await logs.close();
    }
    const numbers = (await texts(500)).map((text) => Number.parseInt(text, 10));
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, n) => 700 + n));
    expect(readdirSync(folder).sort()).toEqual(['svc.1.jsonl', 'svc.jsonl']);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(4 * 1_048_576);
  });

  it('cut a line at 16 KiB without halving a character', async () => {
    const { logs, texts } = setUp();
    logs.append('svc', 'stdout', 'ü'.repeat(8192));
    logs.append('svc', 'stdout', `a${'ü'.repeat(9000)}`);
    expect(await texts(2)).toEqual(['ü'.repeat(8192), `a${'ü'.repeat(8191)}… (18001 bytes in all)`]);
  });

  it('count what comes faster than the disk takes it, and do no work for it', async () => {
    const { logs, texts, redact } = setUp();
    for (let n = 0; n < 200; n++) logs.append('svc', 'stdout', 'x'.repeat(10_000));
    const all = await texts(1000);
    const kept = all.length - 1;
    expect(kept).toBeLessThan(110);
    expect(all.at(-1)).toBe(`${String(200 - kept)} lines came too fast and are lost`);
    expect(redact).toHaveBeenCalledTimes(kept);
  });

  it('are written more seldom while a flood lasts', async () => {
    const clock = new FakeClock(Date.UTC(2026, 0, 1));
    const { logs, texts } = setUp(undefined, clock);
    const due = () => {
      const before = clock.pending;
      clock.advance(50);
      return clock.pending < before;
    };
    logs.append('svc', 'stdout', 'calm');
    expect(due()).toBe(true);
    for (let n = 0; n < 200; n++) logs.append('svc', 'stdout', 'x'.repeat(10_000));
    await texts(1);
    logs.append('svc', 'stdout', 'still flooding, perhaps');
    expect(due()).toBe(false);
    await texts(1);
    logs.append('svc', 'stdout', 'calm again');
    expect(due()).toBe(true);
  });

  it('are followed line by line, by listeners that may fail', () => {
    const { logs, lines } = setUp();
    const heard: LogLine[] = [];
    logs.follow('svc', () => {
      throw new Error('gone');
    });
    const stop = logs.follow('svc', (line) => heard.push(line));
    logs.append('svc', 'stderr', 'one s3cret');
    stop();
    stop();
    logs.append('svc', 'stderr', 'two');
    expect(heard).toEqual([{ at: '2026-01-01T00:00:00.000Z', stream: 'stderr', text: 'one ***' }]);
    expect(lines).toMatchObject([
      { level: 'error', identity: 'svc' },
      { level: 'error', identity: 'svc' },
    ]);
  });

  it('have at most 256 followers', () => {
    const { logs } = setUp();
    const stops = Array.from({ length: 256 }, () => logs.follow('svc', () => undefined));
    expect(() => logs.follow('svc', () => undefined)).toThrow(expect.objectContaining({ code: 'TooManyRequests' }));
    stops[0]?.();
    logs.follow('svc', () => undefined);
  });

  it('never leave their folder', () => {
    const { logs } = setUp();
    for (const name of ['../svc', 'a/b', '', '.', 'A'])
      expect(() => logs.append(name, 'stdout', 'x')).toThrow(expect.objectContaining({ code: 'BadRequest' }));
  });

  it('of services long silent are removed', async () => {
    const { logs, folder, clock } = setUp();
    writeFileSync(join(folder, 'old.jsonl'), '');
    writeFileSync(join(folder, 'new.jsonl'), '');
    utimesSync(join(folder, 'old.jsonl'), clock.now() / 1000, clock.now() / 1000 - 31 * 86_400);
    utimesSync(join(folder, 'new.jsonl'), clock.now() / 1000, clock.now() / 1000 - 29 * 86_400);
    await logs.removeStale();
    expect(readdirSync(folder)).toEqual(['new.jsonl']);
  });

  it('report a disk that refuses, and go on when it takes them again', async () => {
    const { logs, lines, folder, texts } = setUp();
    mkdirSync(join(folder, 'svc.jsonl'));
    logs.append('svc', 'stdout', 'lost');
    await logs.close();
    expect(lines).toMatchObject([{ level: 'error', identity: 'svc', error: { code: 'EISDIR' } }]);
    rmdirSync(join(folder, 'svc.jsonl'));
    logs.append('svc', 'stdout', 'kept');
    expect(await texts(10)).toEqual(['kept']);
  });
});
