import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileAccess } from '../../wasm-host/environment.ts';

/** The files of this machine, for a program that its own user runs; relative paths begin at `cwd`. */
export class DiskFiles implements FileAccess {
  readonly #cwd: string;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  read(path: string): string | undefined {
    return this.#unlessFailing(path, (file) => readFileSync(file, 'utf8'));
  }

  write(path: string, content: string): void {
    writeFileSync(resolve(this.#cwd, path), content);
  }

  list(path: string): readonly string[] {
    return this.#unlessFailing(path, (folder) => readdirSync(folder)) ?? [];
  }

  exists(path: string): boolean {
    return existsSync(resolve(this.#cwd, path));
  }

  remove(path: string): void {
    rmSync(resolve(this.#cwd, path), { force: true });
  }

  makeDirectory(path: string): void {
    mkdirSync(resolve(this.#cwd, path), { recursive: true });
  }

  #unlessFailing<T>(path: string, read: (absolute: string) => T): T | undefined {
    try {
      return read(resolve(this.#cwd, path));
    } catch {
      // language.md §11: a program does not learn why.
      return undefined;
    }
  }
}

/** Where the policy denies the effect FileSystem: nothing is there, and changes do nothing. */
export const DENIED_FILES: FileAccess = {
  read: () => undefined,
  write: () => undefined,
  list: () => [],
  exists: () => false,
  remove: () => undefined,
  makeDirectory: () => undefined,
};
