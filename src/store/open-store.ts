import { join } from 'node:path';
import type { LastGoodStore, ParsedStore, ProposalStore, StatusStore } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { EventStore } from '../telemetry/event-store.ts';
import type { Logger } from '../telemetry/logger.ts';
import { BatchWriter } from './batch-writer.ts';
import type { Database } from './database.ts';
import { SCHEMA_VERSION } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { SqlEventStore } from './sql-event-store.ts';
import { SqlLastGoodStore } from './sql-last-good-store.ts';
import { SqlParsedStore } from './sql-parsed-store.ts';
import { SqlProposalStore } from './sql-proposal-store.ts';
import { SqlStatusStore } from './sql-status-store.ts';
import { makeStateDir } from './state-dir.ts';

/** The durable memory of one daemon: `<state>/clarity.db`. */
export interface Store {
  readonly status: StatusStore;
  readonly lastGood: LastGoodStore;
  readonly parsed: ParsedStore;
  readonly proposals: ProposalStore;
  readonly events: EventStore;
  /** Writes and commits for real (readyz asks); false where the disk or the file refuses. The reason goes to the log. */
  writable(): boolean;
  /** Commits everything pending; later writes reject with NotReady. */
  close(): void;
}

/** Opens the store, making the state directory where it is missing. Throws ClarityError StateUnusable. The caller holds the state lock. */
export function openStore({ stateDir, clock, logger }: { stateDir: string; clock: Clock; logger: Logger }): Store {
  makeStateDir(stateDir);
  const db = openDatabase(join(stateDir, 'clarity.db'), clock, logger);
  const writer = new BatchWriter(db);
  let closed = false;
  return {
    status: new SqlStatusStore(db, writer, logger),
    lastGood: new SqlLastGoodStore(db, writer, logger),
    parsed: new SqlParsedStore(db, writer, logger),
    proposals: new SqlProposalStore(db, writer, logger),
    events: new SqlEventStore(db, writer, logger),
    writable: () => !closed && takesWrites(db, logger),
    close: () => {
      if (closed) return;
      closed = true;
      writer.close();
      try {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        logger.warn('the database was closed with a write-ahead log beside it', { error });
      }
      db.close();
    },
  };
}

function takesWrites(db: Database, logger: Logger): boolean {
  try {
    db.transaction(() => db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`));
    return true;
  } catch (error) {
    logger.error('the store takes no writes', { error });
    return false;
  }
}
