import { chmod, link, lstat, mkdir, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workingFolders } from '../../process/index.ts';
import { ClarityError, errorCode } from '../../shared/errors.ts';
import type { Mirror } from './mirror.ts';
import type { Tree } from './tree.ts';
import type { TreeEntry } from './tree-entry.ts';

/** What one revision may put on the disk. */
const MAX_FILES = 100_000;
const MAX_BYTES = 2 * 1024 ** 3;
/** One file goes through memory. */
const MAX_FILE_BYTES = 64 * 1024 ** 2 - 1024;
const MODES = { file: 0o444, executable: 0o555, folder: 0o555, removable: 0o700 };
const BATCH = 32;
/** Where `current` leads while no document needs a file: commands still have a folder to run in. */
const EMPTY = 'empty';

/** One revision's files, for those who run them: where they lie changes, the link does not. */
export class TreeExport {
  /** Stands for as long as the source does. */
  readonly current: string;
  readonly #folder: string;
  readonly #warn: (message: string) => void;
  /** What the newest export has, by kind and blob: from there the next one takes it. */
  #newest: { readonly folder: string; readonly paths: ReadonlyMap<string, string> } | undefined;

  /** `folder`: `<state>/sources/<name>`, made where missing. */
  constructor(folder: string, warn: (message: string) => void) {
    this.#folder = folder;
    this.current = join(folder, 'current');
    this.#warn = warn;
  }

  /** Points `current` at the empty folder. */
  async none(): Promise<void> {
    const empty = join(this.#folder, EMPTY);
    await mkdir(empty, { recursive: true });
    await chmod(empty, MODES.folder);
    await this.#switch(EMPTY);
  }

  /**
   * Puts the tree of a commit to `<folder>/<sha>`, read only, and points `current` at it; what lies there whole already is taken as it is. Files
   * that the export before has are hard links. Throws ClarityError SourceUnreadable where the tree is beyond the limits.
   */
  async show(sha: string, tree: Tree, mirror: Mirror, signal: AbortSignal): Promise<void> {
    const files = tree.entries.filter(({ type }) => type === 'file' || type === 'executable');
    checkLimits(files);
    const target = join(this.#folder, sha);
    if (!(await isWhole(target, files))) {
      const partial = `${target}.partial`;
      await discard(partial);
      await discard(target);
      await this.#write(partial, tree, files, mirror, signal);
      await rename(partial, target);
      await chmod(target, MODES.folder);
    }
    this.#newest = { folder: target, paths: new Map(files.map((entry) => [contentKey(entry), entry.path])) };
    await this.#switch(sha);
  }

  async #write(
    to: string,
    tree: Tree,
    files: readonly TreeEntry[],
    mirror: Mirror,
    signal: AbortSignal,
  ): Promise<void> {
    await mkdir(to, { recursive: true });
    const folders = [...tree.folders].sort(); // parents first
    for (const folder of folders) if (folder !== '') await mkdir(join(to, folder));
    const missing = await this.#takeOver(to, files);
    for await (const [{ path, type }, content] of mirror.blobs(missing, signal)) {
      await writeFile(join(to, path), content, { flag: 'wx', mode: 0o644 });
      await chmod(join(to, path), MODES[type === 'executable' ? 'executable' : 'file']);
    }
    // Last, so that nothing is written through them.
    for (const { path, type } of tree.entries) if (type === 'link') await this.#link(to, path, tree);
    for (const folder of folders.reverse()) if (folder !== '') await chmod(join(to, folder), MODES.folder);
  }

  /** Links what the export before has; returns what has to be written. */
  async #takeOver(to: string, files: readonly TreeEntry[]): Promise<readonly TreeEntry[]> {
    const newest = this.#newest;
    if (newest === undefined) return files;
    const missing: TreeEntry[] = [];
    for (let at = 0; at < files.length; at += BATCH)
      await Promise.all(
        files.slice(at, at + BATCH).map(async (entry) => {
          const from = newest.paths.get(contentKey(entry));
          if (from === undefined || !(await linked(join(newest.folder, from), join(to, entry.path))))
            missing.push(entry);
        }),
      );
    return missing;
  }

  async #link(to: string, path: string, tree: Tree): Promise<void> {
    const target = tree.target(path);
    if (target === undefined || target === '' || tree.find(path).kind === 'outside')
      this.#warn(`the link ${path} leads out of the repository: it is left out of the files of this revision`);
    else await symlink(target, join(to, path));
  }

  /** `current` never is missing, and never half way. */
  async #switch(name: string): Promise<void> {
    const before = await readlink(this.current).catch(() => undefined); // the first time there is none
    if (before !== name) {
      const fresh = `${this.current}.new`;
      await rm(fresh, { force: true });
      await symlink(name, fresh);
      await rename(fresh, this.current);
    }
    await this.#prune(new Set([name, before ?? name, EMPTY]));
  }

  /** Removes every revision but those, and those that a process works in: unchanged services go on where they were started. */
  async #prune(kept: ReadonlySet<string>): Promise<void> {
    const names = (await readdir(this.#folder)).filter(
      (name) => /^[0-9a-f]{40}(?:\.partial)?$/.test(name) && !kept.has(name),
    );
    if (names.length === 0) return;
    const inUse = await workingFolders();
    for (const name of names) {
      const folder = join(this.#folder, name);
      if (![...inUse].some((path) => path === folder || path.startsWith(`${folder}/`))) await discard(folder);
    }
  }
}

function checkLimits(files: readonly TreeEntry[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const large = files.find(({ size }) => size > MAX_FILE_BYTES);
  const beyond =
    files.length > MAX_FILES
      ? `it has ${String(files.length)} files, more than ${String(MAX_FILES)}`
      : large !== undefined
        ? `${large.path} is larger than ${String(MAX_FILE_BYTES)} bytes`
        : `it has ${String(bytes)} bytes, more than ${String(MAX_BYTES)}`;
  if (files.length > MAX_FILES || large !== undefined || bytes > MAX_BYTES)
    throw new ClarityError('SourceUnreadable', `the files of the repository cannot be put on the disk: ${beyond}`);
}

/** After a crash of the machine a file may be there without its content. */
async function isWhole(folder: string, files: readonly TreeEntry[]): Promise<boolean> {
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH).map(async ({ path, size }) => {
      const found = await lstat(join(folder, path)).catch(() => undefined); // missing is not whole
      return found?.isFile() === true && found.size === size;
    });
    if ((await Promise.all(batch)).includes(false)) return false;
  }
  return (await lstat(folder).catch(() => undefined))?.isDirectory() === true; // a tree of no files is there or is not
}

/** False where the content has to be written: the other file is gone, or has as many names as a file may have. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (['ENOENT', 'EMLINK', 'EPERM', 'EXDEV'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** From a folder that may not be written nothing can be removed. */
async function discard(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined); // gone already
  if (entries === undefined) return;
  await chmod(folder, MODES.removable);
  for (const entry of entries)
    if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), MODES.removable);
  await rm(folder, { recursive: true, force: true });
}

function contentKey({ type, id }: TreeEntry): string {
  return `${type} ${id}`;
}
