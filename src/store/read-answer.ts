import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from '../shared/errors.ts';

const MAX_BYTES = 64 * 1024;
/** Not there, a link (never followed), not for us to read, a socket: no answer, and perhaps one later. */
const NO_ANSWER = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM', 'ENXIO', 'EISDIR']);

/** What a file holds at one moment. */
export interface AnswerSight {
  readonly text: string;
  readonly changedMs: number;
}

/** Undefined where there is no regular file of at most 64 KiB that may be read. */
export async function readAnswer(path: string): Promise<AnswerSight | undefined> {
  // Not blocking: a named pipe would hold the open for ever.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    if (NO_ANSWER.has(errorCode(error) ?? '')) return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const found = await file.stat();
    if (!found.isFile()) return undefined;
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
    return bytesRead > MAX_BYTES
      ? undefined
      : { text: buffer.toString('utf8', 0, bytesRead), changedMs: found.mtimeMs };
  } finally {
    await file.close();
  }
}
