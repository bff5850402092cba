import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { errorCode } from '../../../shared/errors.ts';
import type { CheckpointStore, FileAccess } from '../../../wasm-host/environment.ts';
import { FileCheckpoints } from '../../../wasm-host/file-checkpoints.ts';

const VALUE_BYTES = 1024 * 1024;
const KEYS = 1000;

/** The checkpoints of one service in a folder of its own, which its grants of files do not touch. */
export class BoundedCheckpoints implements CheckpointStore {
  readonly #store: FileCheckpoints;

  constructor(folder: string) {
    this.#store = new FileCheckpoints(folderFiles(folder), folder);
  }

  save(key: string, value: string): void {
    if (Buffer.byteLength(value) > VALUE_BYTES) throw new Error(`a checkpoint holds at most ${VALUE_BYTES} bytes`);
    this.#store.save(key, value);
  }

  load(key: string): string | undefined {
    return this.#store.load(key);
  }

  delete(key: string): void {
    this.#store.delete(key);
  }
}

/** Only what FileCheckpoints uses, for files of this folder. A value is there as a whole or not at all: a call may be ended while it writes. */
function folderFiles(folder: string): FileAccess {
  return {
    read: (path) => unlessMissing(() => readFileSync(path, 'utf8')),
    write: (path, content) => {
      const names = readdirSync(folder);
      if (names.length >= KEYS && !names.includes(basename(path)))
        throw new Error(`a service holds at most ${KEYS} checkpoints`);
      const whole = `${path}.${randomUUID()}.new`;
      writeFileSync(whole, content, { mode: 0o600, flag: 'wx' });
      renameSync(whole, path);
    },
    list: () => readdirSync(folder),
    exists: existsSync,
    remove: (path) => rmSync(path, { force: true }),
    makeDirectory: (path) => {
      mkdirSync(path, { recursive: true, mode: 0o700 });
    },
  };
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
