import { constants, type BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { contentHash } from '../../manifest/index.ts';
import { errorCode, errorMessage } from '../../shared/errors.ts';
import { decodeUtf8, NOT_UTF8 } from '../decode.ts';
import type { Problem } from '../problem.ts';
import type { ScannedFile } from './scan.ts';

/** Two equal signatures: nobody wrote in between. The inode and ctime also betray a rename and a write that keeps mtime. */
export function statSignature({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${String(dev)}:${String(ino)}:${String(size)}:${String(mtimeNs)}:${String(ctimeNs)}`;
}

interface Seen {
  readonly signature: string;
  readonly sinceMs: number;
}

/** More than this are not noted between two scans; the scan itself finds the rest. */
const MAX_NOTES = 1000;

/** For how long each file has looked the same. Holds no more files than the newest scan. */
export class Stability {
  #seen: ReadonlyMap<string, Seen> = new Map();
  readonly #noted = new Map<string, Seen>();

  /** Takes in the stat of one file at the time of its event, so that the quiet time itself proves it stable. Never throws. */
  async note(path: string, now: () => number): Promise<void> {
    if (this.#noted.size >= MAX_NOTES) return;
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    if (found === undefined) return;
    const signature = statSignature(found);
    if (this.#noted.get(path)?.signature !== signature) this.#noted.set(path, { signature, sinceMs: now() });
  }

  /** Takes in a scan; true where anything differs from the one before. */
  observe(files: readonly ScannedFile[], nowMs: number): boolean {
    const next = new Map<string, Seen>();
    let changed = files.length !== this.#seen.size;
    for (const { path, signature } of files) {
      const before = this.#seen.get(path);
      const noted = this.#noted.get(path);
      if (before?.signature !== signature) changed = true;
      const first = [before, noted].find((seen) => seen?.signature === signature);
      next.set(path, first ?? { signature, sinceMs: nowMs });
    }
    this.#seen = next;
    this.#noted.clear();
    return changed;
  }

  ageMs(path: string, nowMs: number): number {
    return nowMs - (this.#seen.get(path)?.sinceMs ?? nowMs);
  }
}

export type ReadOutcome =
  | { readonly kind: 'text'; readonly text: string; readonly hash: string }
  /** It is no longer what was scanned. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Reads a scanned file whole, and says so where it changed since the scan or meanwhile. Never blocks on a pipe, never reads more than was scanned. */
export async function readWhole({ path, signature, size }: ScannedFile): Promise<ReadOutcome> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const buffer = Buffer.alloc(size + 1);
    let length = 0;
    while (length <= size) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      length += bytesRead;
      // At the scanned size it is whole: a file that went on growing has another stat now.
      if (bytesRead === 0 || length === size) break;
    }
    const after = await handle.stat({ bigint: true });
    if (length !== size || statSignature(after) !== signature) return { kind: 'moved' };
    return decode(path, buffer.subarray(0, size));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'moved' };
    return { kind: 'problem', problem: { path, code: 'FileUnreadable', message: errorMessage(error) } };
  } finally {
    await handle?.close();
  }
}

function decode(path: string, bytes: Buffer): ReadOutcome {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { kind: 'problem', problem: { path, code: 'NotUtf8', message: NOT_UTF8 } };
  return { kind: 'text', text, hash: contentHash(text) };
}

/** What is remembered of the content before, to judge the content after. */
export interface Shape {
  readonly length: number;
  readonly closed: boolean;
}

export function shapeOf(text: string): Shape {
  return { length: text.length, closed: text.endsWith('\n') };
}

/**
 * A writer that truncates, pauses and goes on leaves a file that is stable for a while, and half a YAML file is often valid:
 * content that lost a quarter of its length or its last line feed, or does not parse, must hold still for longer (reconcile-behaviour §6.1, truncate + pause).
 */
export function looksHalfWritten(text: string, broken: boolean, before: Shape | undefined): boolean {
  const { length, closed } = shapeOf(text);
  return broken || (!closed && (before?.closed ?? true)) || length < 0.75 * (before?.length ?? 0);
}
