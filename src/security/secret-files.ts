import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { ClarityError, errorCode } from '../shared/errors.ts';
import { isInside } from './is-inside.ts';
import { MAX_SECRET_BYTES } from './read-secret-file.ts';

/** Most files that are listed (original contract §1g), and that are looked at for it. */
const MAX_LISTED = 500;
const MAX_SEEN = 10_000;

/** A half-written file; what a crash left of one is no secret. */
const TEMPORARY = /^\..+\.tmp-[0-9a-f]{12}$/;

/**
 * The files behind `file:` references: below one folder, also after symlinks are followed. A link inside of the folder counts as what it leads to;
 * one that leads out is not listed, and nothing is written through it or removed behind it. Paths are absolute, or relative to the folder.
 */
export class SecretFiles {
  readonly root: string;

  constructor(root: string) {
    this.root = resolve(root);
  }

  /** The absolute path that is meant. Throws BadRequest where it leaves the folder as it is written. */
  place(path: string): string {
    const place = resolve(this.root, path);
    if (path !== '' && !path.includes('\0') && isInside(this.root, place)) return place;
    throw refused(path, `it must lie inside of the folder of secrets ${this.root}`);
  }

  async exists(): Promise<boolean> {
    const found = await stat(this.root).catch(unlessMissing);
    return found?.isDirectory() ?? false;
  }

  /** Paths relative to the folder, with slashes, sorted; 500 at most. */
  async list(): Promise<readonly string[]> {
    const root = await realpath(this.root).catch(unlessMissing);
    if (root === undefined) return [];
    const files: string[] = [];
    const folders = [root];
    for (let seen = 0; folders.length > 0 && seen < MAX_SEEN;) {
      const folder = folders.pop() ?? root;
      const entries = await readdir(folder, { withFileTypes: true });
      for (const entry of entries.slice(0, MAX_SEEN - seen)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) folders.push(path);
        else if (await isSecret(root, path, entry)) files.push(relative(root, path).split(sep).join('/'));
      }
      seen += entries.length;
    }
    return files.sort().slice(0, MAX_LISTED);
  }

  /**
   * The secret and a line feed in a file that only we may read, in one step; folders on the way are made, likewise closed. Resolves with its
   * absolute path. Throws BadRequest for a path that leaves the folder or is no file, an empty secret, and one of more than 64 KiB.
   */
  async write(path: string, secret: string): Promise<string> {
    const place = this.place(path);
    const text = `${secret}\n`;
    if (secret.trim() === '') throw new ClarityError('BadRequest', 'the secret is empty');
    if (Buffer.byteLength(text) > MAX_SECRET_BYTES)
      throw new ClarityError('BadRequest', 'the secret is larger than 64 KiB');
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    const root = await realpath(this.root);
    // What is there decides where the rest would be made: that must be inside before anything is.
    const standing = await deepest(dirname(place));
    if (standing !== root && !isInside(root, standing)) throw leadsOut(path);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw refused(path, 'a part of it is a file', cause);
    });
    await replace(await this.#target(path, place, root), path, text);
    return place;
  }

  /** Whether there was one. Throws BadRequest as `write` does. */
  async remove(path: string): Promise<boolean> {
    const place = this.place(path);
    const root = await realpath(this.root).catch(unlessMissing);
    if (root === undefined || (await lstat(place).catch(unlessMissing)) === undefined) return false;
    await unlink(await this.#target(path, place, root));
    return true;
  }

  /** The place with its folder's links resolved. */
  async #target(path: string, place: string, root: string): Promise<string> {
    const folder = await realpath(dirname(place));
    if (folder !== root && !isInside(root, folder)) throw leadsOut(path);
    const target = join(folder, basename(place));
    const found = await lstat(target).catch(unlessMissing);
    // A link is replaced or removed itself: what it leads to stays.
    if (found === undefined || found.isFile() || found.isSymbolicLink()) return target;
    throw refused(path, 'it is no regular file');
  }
}

async function isSecret(root: string, path: string, entry: Dirent): Promise<boolean> {
  if (entry.isFile()) return !TEMPORARY.test(entry.name);
  if (!entry.isSymbolicLink()) return false;
  const real = await realpath(path).catch(unlessMissing);
  return real !== undefined && isInside(root, real) && ((await stat(real).catch(unlessMissing))?.isFile() ?? false);
}

/** The real path of the deepest folder on the way that is there. */
async function deepest(folder: string): Promise<string> {
  const real = await realpath(folder).catch(unlessMissing);
  return real ?? deepest(dirname(folder));
}

async function replace(target: string, path: string, text: string): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 200)}.tmp-${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (cause) {
    throw errorCode(cause) === 'ENAMETOOLONG' ? refused(path, 'its name is too long', cause) : cause;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Also where a part of the way is a file, or the name too long to be there. */
function unlessMissing(error: unknown): undefined {
  if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return undefined;
  throw error;
}

function leadsOut(path: string): ClarityError {
  return refused(path, 'a link on its way leads out of the folder of secrets');
}

function refused(path: string, why: string, cause?: unknown): ClarityError {
  return new ClarityError('BadRequest', `the secret file ${JSON.stringify(path.slice(0, 200))} is refused: ${why}`, {
    cause,
  });
}
