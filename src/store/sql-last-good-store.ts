import type { LastGoodStore } from '../reconcile/ports.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BatchWriter } from './batch-writer.ts';
import type { Database, Statement } from './database.ts';

/** The last good text of each manifest file. A write that fails is logged: the fleet runs on, only a restart would miss it. */
export class SqlLastGoodStore implements LastGoodStore {
  readonly #writer: BatchWriter;
  readonly #logger: Logger;
  readonly #load: Statement;
  readonly #save: Statement;
  readonly #forget: Statement;

  constructor(db: Database, writer: BatchWriter, logger: Logger) {
    this.#writer = writer;
    this.#logger = logger;
    this.#load = db.prepare('SELECT file, text FROM last_good WHERE source = ? ORDER BY file');
    this.#save = db.prepare('INSERT INTO last_good VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text');
    this.#forget = db.prepare('DELETE FROM last_good WHERE source = ? AND file = ?');
  }

  load(source: string): readonly { readonly file: string; readonly text: string }[] {
    this.#writer.flush();
    return this.#load.all(source).map(({ file, text }) => ({ file: String(file), text: String(text) }));
  }

  save(source: string, file: string, text: string): void {
    this.#enqueue(file, () => this.#save.run(source, file, text));
  }

  forget(source: string, file: string): void {
    this.#enqueue(file, () => this.#forget.run(source, file));
  }

  #enqueue(file: string, work: () => void): void {
    this.#writer.enqueue(work, (error) => {
      if (error !== undefined) this.#logger.error('the last good text of a file was not kept', { file, error });
    });
  }
}
