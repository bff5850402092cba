import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from '../shared/errors.ts';

const CHUNK = 256 * 1024;

/** The bytes of a regular file and the hash over them, to which more may be added. */
export interface FileContent {
  readonly bytes: Uint8Array;
  readonly sha256: Hash;
}

/**
 * Reads a regular file of at most `most` bytes, piece by piece, so that hashing a large one does not hold up the daemon.
 * Throws the system's error, or an Error that says in half a sentence what is wrong with the file.
 */
export async function readContent(path: string, most: number, followLinks = true): Promise<FileContent> {
  // Not blocking: a named pipe would hold the open for ever.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (followLinks ? 0 : constants.O_NOFOLLOW);
  const file = await open(path, flags);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is no regular file');
    if (stats.size > most) throw new Error(`it is larger than ${String(most / 1024 / 1024)} MiB`);
    const bytes = new Uint8Array(stats.size);
    const sha256 = createHash('sha256');
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, Math.min(CHUNK, bytes.length - length), length);
      if (bytesRead === 0) break;
      sha256.update(bytes.subarray(length, length + bytesRead));
      length += bytesRead;
    }
    return { bytes: bytes.subarray(0, length), sha256 };
  } finally {
    await file.close();
  }
}

/** Why a file could not be read, as half a sentence. */
export function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'it is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'the daemon has no permission to read it';
  return error instanceof Error ? error.message : String(error);
}
