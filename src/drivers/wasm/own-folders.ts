import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isInside, realPath } from './thread/real-path.ts';

/** The daemon's own folders, absolute, which no grant of files reaches (docs/arch/09-security.md). */
export interface OwnFolders {
  /** State, secrets, questions to people: not read and not written. */
  readonly closed: readonly string[];
  /** Manifests: who writes them decides what runs. */
  readonly readOnly: readonly string[];
}

/**
 * Why a module does not use the place of a real path, as the end of a sentence; undefined where it may. A folder is known by its path and by its
 * identity in the file system, so that other spellings of a name lead to the same answer. Throws what the file system throws.
 * The workspace of a repository lies in the state: its files are read, and nobody writes them.
 */
export function whyOwn(real: string, use: 'read' | 'write', own: OwnFolders, workspace: string): string | undefined {
  if (isRevision(real, own, workspace)) return use === 'read' ? undefined : 'which is a file of a commit';
  if (isOwn(real, own.closed)) return "which is in the runtime's own folders";
  if (use === 'write' && isOwn(real, own.readOnly)) return 'which is in the folder of the manifests';
  return undefined;
}

/** Whether the path to one of the daemon's folders leads over this name, so that the folder would be lost without it. */
export function carriesOwn(name: string, own: OwnFolders): boolean {
  return [...own.closed, ...own.readOnly].some((folder) => {
    for (let at = folder; dirname(at) !== at; at = dirname(at))
      if (join(realPath(dirname(at)), basename(at)) === name) return true;
    return false;
  });
}

function isRevision(real: string, { closed }: OwnFolders, workspace: string): boolean {
  const root = realPath(workspace);
  return isInside(real, root) && closed.some((folder) => root !== realPath(folder) && isInside(root, realPath(folder)));
}

function isOwn(real: string, folders: readonly string[]): boolean {
  if (folders.some((folder) => isInside(real, realPath(folder)))) return true;
  const identities = new Set(folders.flatMap(identityOf));
  if (identities.size === 0) return false;
  for (let at = real; ; at = dirname(at)) {
    if (identityOf(at).some((identity) => identities.has(identity))) return true;
    if (dirname(at) === at) return false;
  }
}

/** None where there is nothing. */
function identityOf(path: string): readonly string[] {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? [] : [`${found.dev}:${found.ino}`];
}
