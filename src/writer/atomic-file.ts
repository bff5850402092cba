import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { link, open, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { contentHash } from '../manifest/index.ts';
import { ClarityError, errorCode } from '../shared/errors.ts';

export interface FileText {
  readonly text: string;
  readonly hash: string;
}

/** The text of a file; undefined where there is none. */
export async function readText(path: string): Promise<FileText | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return { text, hash: contentHash(text) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Replaces a file in one step: who reads it sees the old text or the new one, after a power cut too. Mode and owner stay.
 * Throws ClarityError Conflict where the file no longer has the text of `before` (reconcile-behaviour §1.1).
 */
export async function replaceFile(path: string, before: FileText, text: string): Promise<void> {
  await viaTemporary(path, text, await stat(path), async (temporary) => {
    await assertUnchanged(path, before);
    await rename(temporary, path);
  });
}

/** Makes a file in one step; false where the name is taken. Mode 0644. */
export async function createFile(path: string, text: string): Promise<boolean> {
  return viaTemporary(path, text, undefined, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Takes a file away. Throws ClarityError Conflict where it no longer has the text of `before`. */
export async function removeFile(path: string, before: FileText): Promise<void> {
  await assertUnchanged(path, before);
  await unlink(path);
  await syncFolder(dirname(path));
}

async function assertUnchanged(path: string, before: FileText): Promise<void> {
  const now = await readText(path);
  if (now?.hash !== before.hash)
    throw new ClarityError('Conflict', `${path} was changed by somebody else meanwhile; try again`);
}

/** The name begins with a dot, so that no source takes the half-made file for a manifest. */
async function viaTemporary<T>(
  path: string,
  text: string,
  like: Stats | undefined,
  publish: (temporary: string) => Promise<T>,
): Promise<T> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp-${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(temporary, text, like);
    const outcome = await publish(temporary);
    await syncFolder(dirname(path));
    return outcome;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeDurably(path: string, text: string, like: Stats | undefined): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    const own = await handle.stat();
    // Only root may give a file away, and only root would take it from its owner by replacing it.
    if (like !== undefined && own.uid === 0 && (like.uid !== 0 || like.gid !== own.gid))
      await handle.chown(like.uid, like.gid);
    await handle.chmod(like === undefined ? 0o644 : like.mode & 0o7777);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
