import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, open, readFile, readlink, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ClarityError, errorCode, errorMessage } from '../shared/errors.ts';

/** A configuration file of somebody else, as it is now. */
export interface ClientFile {
  /** As it was asked for. */
  readonly path: string;
  /** What is really written: behind the symbolic links. */
  readonly target: string;
  /** Undefined where there is no file yet. */
  readonly text: string | undefined;
  /** Permission bits. */
  readonly mode: number | undefined;
}

const MAX_BYTES = 64 * 1_048_576;
const MAX_LINKS = 16;

/** Reads a file. Throws ClarityError ClientConfigInvalid where it is no regular UTF-8 file of at most 64 MiB, or cannot be read. */
export async function readClientFile(path: string): Promise<ClientFile> {
  const target = await behindLinks(path);
  try {
    const facts = await stat(target);
    if (!facts.isFile()) throw unusable(path, 'is no regular file');
    if (facts.size > MAX_BYTES) throw unusable(path, `is larger than ${String(MAX_BYTES)} bytes`);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(target));
    return { path, target, text, mode: facts.mode & 0o7777 };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { path, target, text: undefined, mode: undefined };
    if (error instanceof ClarityError) throw error;
    if (error instanceof TypeError) throw unusable(path, 'is not UTF-8', error);
    throw unusable(path, `cannot be read: ${errorMessage(error)}`, error);
  }
}

/**
 * Replaces the file in one step and keeps what it was in `<file>.clarity-backup` (one, the mode kept). A symbolic link stays one; mode and owner stay.
 * A new file gets `newMode`. Throws ClarityError Conflict where somebody wrote it since it was read, ClientConfigInvalid where it is read-only.
 */
export async function writeClientFile(before: ClientFile, text: string, newMode = 0o600): Promise<void> {
  const { path, target, mode } = before;
  // Asked of the bits: a rename would replace a read-only file, and root may write any.
  if (mode !== undefined && (mode & 0o222) === 0) throw unusable(path, 'is read-only');
  try {
    await mkdir(dirname(target), { recursive: true });
    if (before.text !== undefined) await replace(backupOf(target), before.text, before, newMode);
    await replace(target, text, before, newMode, async () => {
      if ((await readClientFile(path)).text !== before.text)
        throw new ClarityError('Conflict', `${path} was changed by somebody else meanwhile; try again`);
    });
  } catch (error) {
    if (error instanceof ClarityError) throw error;
    throw unusable(path, `cannot be written: ${errorMessage(error)}`, error);
  }
}

/** Where the text of before a change is kept. */
function backupOf(target: string): string {
  return `${target}.clarity-backup`;
}

async function replace(
  path: string,
  text: string,
  { target, mode }: ClientFile,
  newMode: number,
  check?: () => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp-${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      const like = mode === undefined ? undefined : await stat(target);
      const own = await handle.stat();
      // Only root may give a file away, and only root would take it from its owner by replacing it.
      if (like !== undefined && own.uid === 0 && like.uid !== 0) await handle.chown(like.uid, like.gid);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(temporary, mode ?? newMode);
    await check?.();
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Follows links by hand: the last of them may lead to a file that is not there yet. */
async function behindLinks(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    try {
      if (!(await lstat(at)).isSymbolicLink()) return at;
      at = resolve(dirname(at), await readlink(at));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return at;
      throw unusable(path, `cannot be reached: ${errorMessage(error)}`, error);
    }
  }
  throw unusable(path, 'is a symbolic link to itself');
}

function unusable(path: string, why: string, cause?: unknown): ClarityError {
  return new ClarityError('ClientConfigInvalid', `${path} ${why}; it was not changed`, { cause });
}
