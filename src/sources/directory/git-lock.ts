import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../../shared/errors.ts';

/** What git is doing to the work tree around a folder. */
export interface GitState {
  /** index.lock: a checkout, pull or commit is rewriting files right now. */
  readonly lock?: { readonly path: string; readonly modifiedMs: number };
  /** A merge or rebase waits for a person: files may be missing for hours. */
  readonly merging: boolean;
}

const MERGE_MARKS = ['MERGE_HEAD', 'rebase-merge', 'rebase-apply'];

/** Looks at the git dir that `root` belongs to, a linked work tree's or submodule's own one where it is in such (reconcile-behaviour §6.3.3). */
export async function observeGit(root: string): Promise<GitState> {
  const gitDir = await findGitDir(root);
  if (gitDir === undefined) return { merging: false };
  const path = join(gitDir, 'index.lock');
  const [lock, ...marks] = await Promise.all([path, ...MERGE_MARKS.map((mark) => join(gitDir, mark))].map(statOrNone));
  const merging = marks.some((mark) => mark !== undefined);
  return lock === undefined ? { merging } : { merging, lock: { path, modifiedMs: lock.mtimeMs } };
}

async function findGitDir(from: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const dot = join(folder, '.git');
    const found = await statOrNone(dot);
    if (found?.isDirectory()) return dot;
    if (found?.isFile()) {
      const target = /^gitdir: (.+)$/m.exec(await readFile(dot, 'utf8'))?.[1];
      if (target !== undefined) return resolve(folder, target.trim());
    }
    if (dirname(folder) === folder) return undefined;
  }
}

async function statOrNone(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const code = errorCode(error);
    // What we may not look into, git as this user does not lock either.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'ELOOP') return undefined;
    throw error;
  }
}
