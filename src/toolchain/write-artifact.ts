import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '../shared/errors.ts';

/**
 * Writes a file in one step: who reads it sees the old content or the new one. Its folder is made where it is missing, a link is followed,
 * the mode stays; what is no regular file, such as /dev/stdout, is written to. Throws the system's error.
 */
export async function writeArtifact(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const before = await statIfThere(path);
  // Only a regular file may be replaced: a rename would put one in the place of a device, or of the link to a pipe.
  if (before !== undefined && !before.isFile()) return writeFile(path, content);
  const place = before === undefined ? path : await realpath(path);
  await mkdir(dirname(place), { recursive: true });
  const temporary = join(dirname(place), `.${basename(place)}.tmp-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(temporary, content, { flag: 'wx', mode: before === undefined ? mode : before.mode & 0o777 });
    await rename(temporary, place);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
