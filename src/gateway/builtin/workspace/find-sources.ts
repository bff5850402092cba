import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from '../../../shared/errors.ts';
import { relativeTo, type WorkspacePath } from './inside-workspace.ts';

/** Programs that were found. */
export interface FoundSources {
  /** All of them. */
  readonly total: number;
  /** The first by path, absolute. */
  readonly files: readonly string[];
}

/** A tree with more entries is not walked to its end. */
const MAX_ENTRIES = 20_000;
const MAX_DEPTH = 32;
/** A program says its module at the beginning. */
const HEAD_BYTES = 8192;

interface Folder {
  readonly path: string;
  readonly depth: number;
}

/**
 * The .clarity files below a folder of the workspace. Dot folders and node_modules are left out; a link is followed where it stays inside, and no
 * folder is entered twice. Rejects with the signal's reason.
 */
export async function findSources(
  workspace: string,
  { path }: WorkspacePath,
  { recursive, limit }: { readonly recursive: boolean; readonly limit: number },
  signal: AbortSignal,
): Promise<FoundSources> {
  const root = await realpath(workspace);
  const found: string[] = [];
  const entered = new Set<string>();
  const waiting: Folder[] = [{ path, depth: 0 }];
  let seen = 0;
  for (let folder = waiting.shift(); folder !== undefined && seen < MAX_ENTRIES; folder = waiting.shift()) {
    signal.throwIfAborted();
    if (entered.has(folder.path)) continue;
    entered.add(folder.path);
    const entries = await readdir(folder.path, { withFileTypes: true });
    for (const entry of entries.slice(0, MAX_ENTRIES - seen)) {
      seen++;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const whole = join(folder.path, entry.name);
      const at = entry.isSymbolicLink() ? await target(root, whole) : whole;
      if (at === undefined) continue;
      const isFolder = entry.isDirectory() || (at !== whole && (await stat(at)).isDirectory());
      if (isFolder && recursive && folder.depth < MAX_DEPTH) waiting.push({ path: at, depth: folder.depth + 1 });
      if (!isFolder && entry.name.endsWith('.clarity')) found.push(whole);
    }
  }
  found.sort();
  return { total: found.length, files: found.slice(0, limit) };
}

/** Where a link leads; undefined where that is outside, or nowhere. */
async function target(root: string, link: string): Promise<string | undefined> {
  try {
    const at = await realpath(link);
    return relativeTo(root, at) === undefined ? undefined : at;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ELOOP') return undefined;
    throw error;
  }
}

/** The name that a program gives its module, that of its file where it gives none, and the beginning of its text. */
export async function readHead(
  path: string,
  chars: number,
): Promise<{ readonly module: string; readonly excerpt: string }> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.max(HEAD_BYTES, chars * 4));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const text = buffer.toString('utf8', 0, bytesRead);
    const module = /^\s*module\s+([A-Za-z_]\w*)/m.exec(text)?.[1] ?? basename(path, '.clarity');
    return { module, excerpt: [...text].slice(0, chars).join('') };
  } finally {
    await file.close();
  }
}
