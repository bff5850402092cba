import Libsql from 'libsql';
import { errorCode } from '../shared/errors.ts';

/** All that a column of ours holds. Booleans and objects are left out on purpose: the native binding aborts the process on them. */
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A prepared statement; values fill its `?` in order. */
export interface Statement {
  run(...values: readonly SqlValue[]): void;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
}

/** The only face of libsql in this house: synchronous, narrow and typed. Every method throws the driver's SqliteError. */
export class Database {
  readonly #db: Libsql.Database;

  constructor(path: string) {
    this.#db = new Libsql(path);
  }

  /** Runs statements that answer nothing. Holds no handle on the file afterwards, as a prepared statement does until it is collected. */
  exec(sql: string): void {
    this.#db.exec(sql);
  }

  prepare(sql: string): Statement {
    const statement = this.#db.prepare(sql);
    // One array each time: the binding takes a lone null for an object and fails on it.
    return {
      run: (...values) => void statement.run([...values]),
      all: (...values) => statement.all([...values]) as SqlRow[],
    };
  }

  /** All of `work` or nothing of it; the error of `work` or of the commit passes through. */
  transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }
}

/** True where the file itself is damaged, so that no retry can help. */
export function isCorruption(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
}

/** True where another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return errorCode(error)?.startsWith('SQLITE_BUSY') === true;
}
