import type { ProposalRow, ProposalStore } from '../reconcile/ports.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { BatchWriter } from './batch-writer.ts';
import type { Database, Statement } from './database.ts';
import { parseColumn } from './parse-column.ts';

/** Changes that wait for a person, or did (issue 7, provisioning). */
export class SqlProposalStore implements ProposalStore {
  readonly #writer: BatchWriter;
  readonly #logger: Logger;
  readonly #sql: Record<'load' | 'save' | 'forget', Statement>;

  constructor(db: Database, writer: BatchWriter, logger: Logger) {
    this.#writer = writer;
    this.#logger = logger;
    this.#sql = {
      load: db.prepare('SELECT id, at, proposal FROM proposals ORDER BY at, id'),
      save: db.prepare('INSERT INTO proposals VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET proposal = excluded.proposal'),
      forget: db.prepare('DELETE FROM proposals WHERE id = ?'),
    };
  }

  loadProposals(): readonly ProposalRow[] {
    this.#writer.flush();
    return this.#sql.load.all().flatMap(({ id, at, proposal: column }) => {
      const [proposal] = parseColumn<JsonObject>(column, [], this.#logger);
      return proposal === undefined ? [] : [{ id: String(id), createdAtMs: Number(at), proposal }];
    });
  }

  saveProposal({ id, createdAtMs, proposal }: ProposalRow): Promise<void> {
    const text = JSON.stringify(proposal);
    return this.#writer.write(() => this.#sql.save.run(id, createdAtMs, text));
  }

  forgetProposals(ids: readonly string[]): Promise<void> {
    return this.#writer.write(() => {
      for (const id of ids) this.#sql.forget.run(id);
    });
  }
}
