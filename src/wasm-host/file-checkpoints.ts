import { createHash } from 'node:crypto';
import type { CheckpointStore, FileAccess } from './environment.ts';

/** Keys that are file names as they are, on every system. */
const PLAIN = /^\w[\w.-]{0,99}$/;

/** Checkpoints as files `<key>.ckpt` of a folder. */
export class FileCheckpoints implements CheckpointStore {
  readonly #files: FileAccess;
  readonly #folder: string;

  constructor(files: FileAccess, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  save(key: string, value: string): void {
    this.#files.makeDirectory(this.#folder);
    this.#files.write(this.#path(key), value);
  }

  load(key: string): string | undefined {
    return this.#files.read(this.#path(key));
  }

  delete(key: string): void {
    this.#files.remove(this.#path(key));
  }

  /** A key that is no plain name gets a digest, so that no key leaves the folder and no two keys share a file. */
  #path(key: string): string {
    const digest = () => createHash('sha256').update(key).digest('hex').slice(0, 16);
    const name = PLAIN.test(key) ? key : `${key.replace(/\W/g, '_').slice(0, 60)}-${digest()}`;
    return `${this.#folder}/${name}.ckpt`;
  }
}
