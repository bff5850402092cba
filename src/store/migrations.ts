import { ClarityError } from '../shared/errors.ts';
import type { Database } from './database.ts';

/**
 * The schema, one step an entry; the file's user_version counts the steps it has seen. Entries are only ever added.
 * What is read back whole is one JSON column; a column of its own is there to be searched.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE services (identity TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL, entry TEXT NOT NULL);
   CREATE INDEX history_by_identity ON history (identity, id);
   CREATE TABLE events (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, identity TEXT, event TEXT NOT NULL, count INTEGER NOT NULL);
   CREATE INDEX events_by_identity ON events (identity, seq);
   CREATE TABLE last_good (source TEXT NOT NULL, file TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (source, file)) WITHOUT ROWID;`,
  // Beside the entry: settling a generation rewrites the entry, and a document may be a megabyte.
  `ALTER TABLE history ADD COLUMN document TEXT;`,
  `CREATE TABLE parsed (source TEXT NOT NULL, file TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (source, file)) WITHOUT ROWID;`,
  // Beside the row: that is written with every change of a status, and the lists of a server may be a megabyte.
  `CREATE TABLE interfaces (identity TEXT PRIMARY KEY, kept TEXT NOT NULL);`,
  `CREATE TABLE proposals (id TEXT PRIMARY KEY, at INTEGER NOT NULL, proposal TEXT NOT NULL);`,
];

/** The version that this build writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings the schema up to date, each step in a transaction of its own.
 * Throws ClarityError StateUnusable where a newer build has written the file: reading it by guess could lose what that build kept.
 */
export function migrate(db: Database, path: string): void {
  const version = Number(db.prepare('PRAGMA user_version').all()[0]?.user_version);
  if (version > SCHEMA_VERSION)
    throw new ClarityError(
      'StateUnusable',
      `${path} was written by a newer version of Clarity Runtime (schema ${version}, this one knows ${SCHEMA_VERSION})`,
      { data: { path, version, known: SCHEMA_VERSION } },
    );
  MIGRATIONS.slice(version).forEach((sql, index) =>
    db.transaction(() => db.exec(`${sql} PRAGMA user_version = ${version + index + 1};`)),
  );
}
