import type { HistoryEntry, Identity, KeptInterface, ServiceRow, StatusStore } from '../reconcile/ports.ts';
import type { BatchWriter } from './batch-writer.ts';
import type { Database, Statement } from './database.ts';
import { parseColumn } from './parse-column.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Entries kept of one identity; they go when it goes. */
const HISTORY_EACH = 10;

/** Of an interface as JSON, in UTF-16 units: the lists come from outside, and each service may have one. */
const MAX_INTERFACE = 1024 * 1024;

const ROW_MEMBERS = ['identity', 'generation', 'specHash', 'memory', 'manifest', 'origin'] as const;

/** Status, inventory and history (reconcile-behaviour §8). */
export class SqlStatusStore implements StatusStore {
  readonly #writer: BatchWriter;
  readonly #logger: Logger;
  readonly #sql: Record<
    | 'load'
    | 'save'
    | 'forget'
    | 'forgetHistory'
    | 'keep'
    | 'kept'
    | 'forgetKept'
    | 'sweepKept'
    | 'supersede'
    | 'add'
    | 'settle'
    | 'trim'
    | 'sweep'
    | 'history',
    Statement
  >;

  constructor(db: Database, writer: BatchWriter, logger: Logger) {
    this.#writer = writer;
    this.#logger = logger;
    this.#sql = {
      load: db.prepare('SELECT row FROM services ORDER BY identity'),
      save: db.prepare('INSERT INTO services VALUES (?, ?) ON CONFLICT DO UPDATE SET row = excluded.row'),
      forget: db.prepare('DELETE FROM services WHERE identity = ?'),
      forgetHistory: db.prepare('DELETE FROM history WHERE identity = ?'),
      keep: db.prepare('INSERT INTO interfaces VALUES (?, ?) ON CONFLICT DO UPDATE SET kept = excluded.kept'),
      kept: db.prepare('SELECT kept FROM interfaces WHERE identity = ?'),
      forgetKept: db.prepare('DELETE FROM interfaces WHERE identity = ?'),
      sweepKept: db.prepare('DELETE FROM interfaces WHERE identity NOT IN (SELECT identity FROM services)'),
      supersede: db.prepare(
        `UPDATE history SET entry = json_set(entry, '$.outcome', 'Superseded')
         WHERE identity = ? AND json_extract(entry, '$.outcome') = 'Pending'`,
      ),
      add: db.prepare('INSERT INTO history (identity, entry, document) VALUES (?, ?, ?)'),
      settle: db.prepare(
        `UPDATE history SET entry = json_set(entry, '$.outcome', ?3)
         WHERE identity = ?1 AND json_extract(entry, '$.generation') = ?2`,
      ),
      trim: db.prepare(
        `DELETE FROM history WHERE identity = ?1 AND id NOT IN
         (SELECT id FROM history WHERE identity = ?1 ORDER BY id DESC LIMIT ${HISTORY_EACH})`,
      ),
      sweep: db.prepare('DELETE FROM history WHERE identity NOT IN (SELECT identity FROM services)'),
      history: db.prepare('SELECT entry, document FROM history WHERE identity = ? ORDER BY id'),
    };
    // A crash may leave the history or the interface of a service that never got a row, or had just lost it.
    writer.enqueue(
      () => {
        this.#sql.sweep.run();
        this.#sql.sweepKept.run();
      },
      (error) => {
        if (error !== undefined) logger.warn('what is left of old services was not cleared away', { error });
      },
    );
  }

  loadServices(): readonly ServiceRow[] {
    this.#writer.flush();
    return this.#sql.load.all().flatMap(({ row }) => parseColumn<ServiceRow>(row, ROW_MEMBERS, this.#logger));
  }

  saveService(row: ServiceRow): Promise<void> {
    const text = JSON.stringify(row);
    return this.#writer.write(() => this.#sql.save.run(row.identity, text));
  }

  forgetService(identity: Identity): Promise<void> {
    return this.#writer.write(() => {
      this.#sql.forget.run(identity);
      this.#sql.forgetHistory.run(identity);
      this.#sql.forgetKept.run(identity);
    });
  }

  /** Nothing where it cannot be read: it costs a start. */
  loadInterface(identity: Identity): KeptInterface | undefined {
    try {
      const [row] = this.#sql.kept.all(identity);
      return row && parseColumn<KeptInterface>(row.kept, ['runHash', 'snapshot'], this.#logger)[0];
    } catch (error) {
      this.#logger.warn('the interface of a service cannot be read', { identity, error });
      return undefined;
    }
  }

  saveInterface(identity: Identity, kept: KeptInterface): Promise<void> {
    const text = JSON.stringify(kept);
    return this.#writer.write(() => {
      if (text.length > MAX_INTERFACE) this.#sql.forgetKept.run(identity);
      else this.#sql.keep.run(identity, text);
    });
  }

  /** A generation that was never settled is superseded by the next one. */
  addHistory({ document, ...entry }: HistoryEntry): Promise<void> {
    const text = JSON.stringify(entry);
    const written = document === undefined ? null : JSON.stringify(document);
    return this.#writer.write(() => {
      this.#sql.supersede.run(entry.identity);
      this.#sql.add.run(entry.identity, text, written);
      this.#sql.trim.run(entry.identity);
    });
  }

  settleHistory(identity: Identity, generation: number, outcome: string): Promise<void> {
    return this.#writer.write(() => this.#sql.settle.run(identity, generation, outcome));
  }

  /** Oldest first. */
  history(identity: Identity): readonly HistoryEntry[] {
    this.#writer.flush();
    const rows = this.#sql.history.all(identity);
    return rows.flatMap(({ entry: column, document: written }) => {
      const [entry] = parseColumn<HistoryEntry>(column, ['identity', 'generation', 'atMs'], this.#logger);
      if (entry === undefined) return [];
      const [document] = written === null ? [] : parseColumn<JsonObject>(written, ['kind', 'spec'], this.#logger);
      return [document === undefined ? entry : { ...entry, document }];
    });
  }
}
