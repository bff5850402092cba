import { createHash } from 'node:crypto';
import type { ParsedStore } from '../reconcile/ports.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BatchWriter } from './batch-writer.ts';
import type { Database, Statement } from './database.ts';

/** What each manifest file was parsed to. Every row carries its own digest: one that was damaged or edited is no row. A write that fails is logged: it costs a parse. */
export class SqlParsedStore implements ParsedStore {
  readonly #writer: BatchWriter;
  readonly #logger: Logger;
  readonly #sql: Record<'files' | 'load' | 'save' | 'forget', Statement>;

  constructor(db: Database, writer: BatchWriter, logger: Logger) {
    this.#writer = writer;
    this.#logger = logger;
    this.#sql = {
      files: db.prepare('SELECT file FROM parsed WHERE source = ?'),
      load: db.prepare('SELECT digest, text FROM parsed WHERE source = ? AND file = ? AND key = ?'),
      save: db.prepare(
        `INSERT INTO parsed VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET key = excluded.key, digest = excluded.digest, text = excluded.text`,
      ),
      forget: db.prepare('DELETE FROM parsed WHERE source = ? AND file = ?'),
    };
  }

  files(source: string): readonly string[] {
    this.#writer.flush();
    return this.#sql.files.all(source).map(({ file }) => String(file));
  }

  /** Sees what is committed: whoever saved a moment ago has it at hand. */
  load(source: string, file: string, key: string): string | undefined {
    const [row] = this.#sql.load.all(source, file, key);
    if (row === undefined) return undefined;
    const text = String(row.text);
    return row.digest === digestOf(key, text) ? text : undefined;
  }

  save(source: string, file: string, key: string, text: string): void {
    const digest = digestOf(key, text);
    this.#enqueue(file, () => this.#sql.save.run(source, file, key, digest, text));
  }

  forget(source: string, file: string): void {
    this.#enqueue(file, () => this.#sql.forget.run(source, file));
  }

  #enqueue(file: string, work: () => void): void {
    this.#writer.enqueue(work, (error) => {
      if (error !== undefined) this.#logger.warn('what a file was parsed to was not kept', { file, error });
    });
  }
}

function digestOf(key: string, text: string): string {
  return createHash('sha256').update(`${key}\n${text}`).digest('hex');
}
