import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ClarityError } from '../shared/errors.ts';
import { isInside } from './is-inside.ts';

/** Bytes of a secret's file. */
export const MAX_SECRET_BYTES = 65_536;

/**
 * The trimmed text of a secret's file. The path must lie inside `root` as written, and again after symlinks are followed: a link
 * inside the root that points outside is refused. Throws ClarityError SecretNotFound that names the path as written.
 */
export async function readSecretFile(root: string, path: string): Promise<string> {
  const wanted = resolve(root, path);
  if (!isInside(resolve(root), wanted)) throw refused(path, `it lies outside of the secrets folder ${root}`);
  const [realRoot, real] = await Promise.all([realpath(root), realpath(wanted)]).catch((error: unknown) => {
    throw refused(path, reasonOf(error), error);
  });
  if (!isInside(realRoot, real)) throw refused(path, `it is a link out of the secrets folder ${root}`);
  return readSmallFile(path, real);
}

/** The trimmed text of the file at `real`, which messages call `path`. Throws ClarityError SecretNotFound for more than 64 KiB and for what is no regular file. */
export async function readSmallFile(path: string, real: string): Promise<string> {
  // Not blocking: a named pipe would hold the open for ever.
  const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW).catch(
    (error: unknown) => {
      throw refused(path, reasonOf(error), error);
    },
  );
  try {
    const found = await file.stat();
    if (!found.isFile()) throw refused(path, 'it is no regular file');
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_SECRET_BYTES + 1), 0, MAX_SECRET_BYTES + 1, 0);
    if (bytesRead > MAX_SECRET_BYTES) throw refused(path, 'it is larger than 64 KiB');
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
}

function refused(path: string, why: string, cause?: unknown): ClarityError {
  return new ClarityError('SecretNotFound', `the secret file ${JSON.stringify(path)} is not used: ${why}`, { cause });
}
