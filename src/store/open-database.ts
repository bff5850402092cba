import { existsSync, renameSync } from 'node:fs';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { Database, isCorruption } from './database.ts';
import { migrate } from './migrations.ts';

/** NORMAL in WAL survives the death of the process at any moment; only a power loss may take the last commits (dependencies, durable store). */
const SETTINGS =
  'PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;';

/** Fails on the CHECK where the file is damaged. As `exec`, so that the handle is really closed when the file is moved aside. */
const INTEGRITY = `CREATE TEMP TABLE integrity (verdict TEXT CHECK (verdict = 'ok'));
  INSERT INTO integrity SELECT * FROM pragma_quick_check(1); DROP TABLE integrity;`;

/**
 * Opens the file at `path` with the schema of this build. A damaged file is moved to `<path>.corrupt-<ms>` and a fresh one begins:
 * the manifests are the truth, what is lost is the past. Throws ClarityError StateUnusable for anything else.
 */
export function openDatabase(path: string, clock: Clock, logger: Logger): Database {
  try {
    return open(path) ?? openAfresh(path, clock, logger);
  } catch (error) {
    if (error instanceof ClarityError) throw error;
    throw new ClarityError('StateUnusable', `cannot open ${path}: ${errorMessage(error)}`, { cause: error });
  }
}

function openAfresh(path: string, clock: Clock, logger: Logger): Database {
  const aside = `${path}.corrupt-${clock.now()}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  logger.error('the database is damaged: it was moved aside and a fresh one begins', { path, aside });
  const db = open(path);
  if (db === undefined) throw new ClarityError('StateUnusable', `${path} is damaged as soon as it is made`);
  return db;
}

/** Undefined where the file is damaged. */
function open(path: string): Database | undefined {
  const db = new Database(path);
  try {
    db.exec(SETTINGS);
    db.exec(INTEGRITY);
  } catch (error) {
    db.close();
    if (isCorruption(error) || errorMessage(error).includes('verdict')) return undefined;
    throw error;
  }
  try {
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
