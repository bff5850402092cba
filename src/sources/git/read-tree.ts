import type { Mirror } from './mirror.ts';
import { Tree } from './tree.ts';
import { isSafePath, type TreeEntry } from './tree-entry.ts';

/** A longer link is none that a system would follow. */
const MAX_TARGET = 4096;

/** The tree of a commit, or the part of it below a folder, with what its links say. Throws ClarityError SourceUnreadable. */
export async function readTree(mirror: Mirror, sha: string, folder: string, signal: AbortSignal): Promise<Tree> {
  const entries = (await mirror.tree(sha, folder, signal)).filter(({ path }) => isSafePath(path));
  const links = entries.filter(({ type, size }) => type === 'link' && size <= MAX_TARGET);
  const targets = new Map<string, string>();
  for await (const [{ path }, content] of mirror.blobs<TreeEntry>(links, signal))
    targets.set(path, content.toString('utf8'));
  return new Tree(entries, targets);
}
