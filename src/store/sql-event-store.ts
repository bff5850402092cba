import type { RuntimeEvent } from '../reconcile/ports.ts';
import type { EventFilter, EventStore } from '../telemetry/event-store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BatchWriter } from './batch-writer.ts';
import type { Database, SqlRow, Statement } from './database.ts';
import { parseColumn } from './parse-column.ts';

/** What is kept, and how much of the rest goes at once: a slice every so many events never holds up the loop. */
export const EVENT_LIMITS = { rows: 100_000, ageMs: 30 * 86_400_000, trimEvery: 100, slice: 1000, list: 10_000 };

/** Events in order of their number. Reads see every append made before them, and all who wait for a commit hear of it first. */
export class SqlEventStore implements EventStore {
  readonly #writer: BatchWriter;
  readonly #logger: Logger;
  readonly #limits: typeof EVENT_LIMITS;
  readonly #sql: Record<
    'insert' | 'recount' | 'last' | 'trim' | 'newest' | 'newestOf' | 'after' | 'afterOf',
    Statement
  >;

  constructor(db: Database, writer: BatchWriter, logger: Logger, limits = EVENT_LIMITS) {
    this.#writer = writer;
    this.#logger = logger;
    this.#limits = limits;
    this.#sql = {
      insert: db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, 1)'),
      recount: db.prepare('UPDATE events SET count = ? WHERE seq = ?'),
      last: db.prepare('SELECT max(seq) AS seq FROM events'),
      // The newest event always stays: the next number is counted from it.
      trim: db.prepare(
        `DELETE FROM events WHERE seq IN (SELECT seq FROM (SELECT seq, at FROM events ORDER BY seq LIMIT ${limits.slice})
         WHERE (seq <= ?1 OR at < ?2) AND seq < ?3)`,
      ),
      newest: db.prepare('SELECT event, count FROM events ORDER BY seq DESC LIMIT ?'),
      newestOf: db.prepare('SELECT event, count FROM events WHERE identity = ? ORDER BY seq DESC LIMIT ?'),
      after: db.prepare('SELECT event, count FROM events WHERE seq > ? ORDER BY seq LIMIT ?'),
      afterOf: db.prepare('SELECT event, count FROM events WHERE identity = ? AND seq > ? ORDER BY seq LIMIT ?'),
    };
  }

  lastSeq(): number {
    this.#writer.flush();
    return Number(this.#sql.last.all()[0]?.seq ?? 0);
  }

  append(event: RuntimeEvent, done: (error?: Error) => void): void {
    const text = JSON.stringify(event);
    this.#writer.enqueue(() => {
      this.#sql.insert.run(event.seq, event.at, event.identity ?? null, text);
      if (event.seq % this.#limits.trimEvery === 0) this.#trimAt(event);
    }, done);
  }

  recount(seq: number, count: number): void {
    this.#writer.enqueue(
      () => this.#sql.recount.run(count, seq),
      (error) => {
        if (error !== undefined) this.#logger.warn('a repeated event was not counted', { seq, error });
      },
    );
  }

  list({ identity, afterSeq, limit }: EventFilter): readonly RuntimeEvent[] {
    this.#writer.flush();
    const wanted = Math.min(Math.max(0, Math.floor(limit)), this.#limits.list);
    const of = identity === undefined ? [] : [identity];
    if (afterSeq !== undefined) {
      const statement = identity === undefined ? this.#sql.after : this.#sql.afterOf;
      return statement.all(...of, afterSeq, wanted).flatMap((row) => this.#parse(row));
    }
    const statement = identity === undefined ? this.#sql.newest : this.#sql.newestOf;
    const newestFirst = statement.all(...of, wanted).flatMap((row) => this.#parse(row));
    return newestFirst.reverse();
  }

  flush(): void {
    this.#writer.flush();
  }

  #parse({ event: column, count }: SqlRow): [RuntimeEvent] | [] {
    const [event] = parseColumn<RuntimeEvent>(column, ['seq', 'at', 'kind', 'message'], this.#logger);
    if (event === undefined) return [];
    return [count === 1 ? event : { ...event, count: Number(count) }];
  }

  #trimAt({ seq, at }: RuntimeEvent): void {
    const oldest = new Date(Date.parse(at) - this.#limits.ageMs).toISOString();
    this.#sql.trim.run(seq - this.#limits.rows, oldest, seq);
  }
}
