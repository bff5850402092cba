import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BatchWriter } from '../../src/store/batch-writer.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { EVENT_LIMITS, SqlEventStore } from '../../src/store/sql-event-store.ts';
import { FakeClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

function setUp(limits: Partial<typeof EVENT_LIMITS>) {
  const { logger } = collectingLogger();
  const db = openDatabase(join(tempFolder(), 'clarity.db'), new FakeClock(), logger);
  const events = new SqlEventStore(db, new BatchWriter(db), logger, { ...EVENT_LIMITS, ...limits });
  const append = (seq: number, atMs = START) =>
    events.append(
      { seq, at: new Date(atMs).toISOString(), kind: 'test.event', level: 'info', message: String(seq) },
      () => undefined,
    );
  const kept = () => events.list({ limit: 10_000 }).map(({ seq }) => seq);
  return { events, append, kept };
}

describe('events are kept', () => {
  it('up to a number of rows, trimmed slice by slice', () => {
    const { append, kept } = setUp({ rows: 50, trimEvery: 10, slice: 20 });
    for (let seq = 1; seq <= 200; seq++) append(seq);
    expect(kept()).toEqual(Array.from({ length: 50 }, (_, n) => 151 + n));
  });

  it('for 30 days, but the newest always', () => {
    const { append, kept, events } = setUp({ trimEvery: 1 });
    for (let day = 0; day < 40; day++) append(day + 1, START + day * DAY);
    expect(kept()).toEqual(Array.from({ length: 31 }, (_, n) => 10 + n));
    append(41, START + 400 * DAY);
    append(42, START + 800 * DAY);
    expect([kept(), events.lastSeq()]).toEqual([[42], 42]);
  });

  it('100 000 of them, as they are', () => {
    expect(EVENT_LIMITS).toMatchObject({ rows: 100_000, ageMs: 30 * DAY });
  });
});

describe('events are listed', () => {
  it('oldest first: the newest so many, or those after a number, of one service or all', () => {
    const { events } = setUp({});
    for (let seq = 1; seq <= 20; seq++) {
      const identity = seq % 2 === 0 ? 'even' : 'odd';
      events.append(
        { seq, at: new Date(START).toISOString(), kind: 'k', level: 'info', message: 'm', identity },
        () => undefined,
      );
    }
    const seqs = (filter: Parameters<typeof events.list>[0]) => events.list(filter).map(({ seq }) => seq);
    expect(seqs({ limit: 3 })).toEqual([18, 19, 20]);
    expect(seqs({ limit: 3, afterSeq: 4 })).toEqual([5, 6, 7]);
    expect(seqs({ limit: 2, identity: 'odd' })).toEqual([17, 19]);
    expect(seqs({ limit: 2, identity: 'even', afterSeq: 4 })).toEqual([6, 8]);
    expect(seqs({ limit: 5, afterSeq: 20 })).toEqual([]);
    expect(seqs({ limit: 0 })).toEqual([]);
    expect(seqs({ limit: -5 })).toEqual([]);
  });
});
