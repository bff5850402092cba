import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClarityError, errorCode, errorMessage } from '../shared/errors.ts';
import { Database, isBusy } from './database.ts';
import { makeStateDir } from './state-dir.ts';

export interface StateLock {
  /** Gives the directory free; calling it twice is harmless. */
  release(): void;
}

/**
 * One daemon a state directory: an exclusive transaction on `<state>/lock.db`, which the kernel ends with the process, even at
 * kill -9 (reconcile-behaviour §4). The pid goes to `<state>/lock.pid`, for the message only.
 * Throws ClarityError StateLocked with data {stateDir, pid?}, or StateUnusable.
 */
export function acquireStateLock(stateDir: string, pid: number): StateLock {
  makeStateDir(stateDir);
  const pidFile = join(stateDir, 'lock.pid');
  const db = lock(join(stateDir, 'lock.db'), () => {
    const holder = livePid(pidFile);
    const who = holder === undefined ? '' : ` (pid ${holder})`;
    return new ClarityError('StateLocked', `another daemon${who} holds the state directory ${stateDir}`, {
      data: { stateDir, ...(holder === undefined ? {} : { pid: holder }) },
    });
  });
  let held = true;
  const release = () => {
    if (!held) return;
    held = false;
    rmSync(pidFile, { force: true });
    db.exec('ROLLBACK');
    db.close();
  };
  try {
    writeFileSync(pidFile, `${pid}\n`, { mode: 0o600 });
  } catch (error) {
    release();
    throw new ClarityError('StateUnusable', `cannot write ${pidFile}: ${errorMessage(error)}`, { cause: error });
  }
  return { release };
}

function lock(path: string, refusal: () => ClarityError): Database {
  let db: Database | undefined;
  try {
    db = new Database(path);
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    if (isBusy(error)) throw refusal();
    throw new ClarityError('StateUnusable', `cannot lock ${path}: ${errorMessage(error)}`, { cause: error });
  }
}

/** The pid in the file, where such a process lives: after a kill -9 the file names a dead one. */
function livePid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    if (!(pid > 0)) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // No file or no process: the lock alone decides, the number is only told where it is known.
    if (errorCode(error) !== undefined) return undefined;
    throw error;
  }
}
