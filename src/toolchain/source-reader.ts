import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync, type BigIntStats } from 'node:fs';
import { resolve } from 'node:path';
import type { FoundModule } from '../compiler/source/resolver.ts';

/** Largest source file in bytes: far above any program, far below what would exhaust the machine. */
const MAX_SOURCE_BYTES = 16 * 1024 * 1024;

/** State of a file that is not there, or cannot be looked at. */
const MISSING = 'missing';

/** Reads source files and remembers in which state each was, so that a watch can tell what has changed since. */
export class SourceReader {
  readonly #stamps = new Map<string, string>();
  readonly #read = new Map<string, FoundModule>();

  /** Every file that was read or looked for, with its state at that moment (`fileStamp`). */
  get inputs(): ReadonlyMap<string, string> {
    return this.#stamps;
  }

  /** The file under its canonical path. Throws the system's error, or an Error that says what is wrong with it. */
  read(path: string): FoundModule {
    try {
      const canonical = realpathSync.native(path);
      const known = this.#read.get(canonical);
      if (known !== undefined) return known;
      const { text, stamp } = readText(canonical);
      const found = { path: canonical, text };
      this.#stamps.set(canonical, stamp);
      this.#read.set(canonical, found);
      return found;
    } catch (error) {
      this.#stamps.set(resolve(path), fileStamp(path));
      throw error;
    }
  }
}

/** A text that changes whenever the file does. */
export function fileStamp(path: string): string {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? MISSING : stampOf(stats);
  } catch {
    // Forbidden, or links in a circle: nobody can read it.
    return MISSING;
  }
}

/** Replacing what is no UTF-8 would change the texts of a program without a word. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error('it is no UTF-8 text', { cause });
  }
}

function stampOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}

function readText(path: string): { text: string; stamp: string } {
  // Not blocking: a named pipe would hold the open for ever.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file, { bigint: true });
    if (!stats.isFile()) throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is no regular file');
    if (stats.size > BigInt(MAX_SOURCE_BYTES)) throw new Error('it is larger than 16 MiB');
    const bytes = Buffer.alloc(Number(stats.size));
    let length = 0;
    for (let got = -1; got !== 0 && length < bytes.length; length += got)
      got = readSync(file, bytes, length, bytes.length - length, length);
    return { text: decode(bytes.subarray(0, length)), stamp: stampOf(stats) };
  } finally {
    closeSync(file);
  }
}
