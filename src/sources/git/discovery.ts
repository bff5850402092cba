import type { Why } from '../../reconcile/ports.ts';
import type { SourceLimits } from '../limits.ts';
import { isLitter, isManifestName } from '../paths.ts';
import type { Problem } from '../problem.ts';
import type { Tree } from './tree.ts';
import type { TreeEntry } from './tree-entry.ts';

export interface Discovered {
  /** Sorted by path. A link is there under its own path, with what it leads to. */
  readonly files: readonly ManifestBlob[];
  readonly problems: readonly Problem[];
  /** Why not everything counts. */
  readonly trouble?: Why;
}

export interface ManifestBlob {
  /** From the root of the repository. */
  readonly path: string;
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

/** The manifests of a folder of a tree: in it and one folder below (manifest.md, Discovery). */
export function discover(tree: Tree, folder: string, limits: SourceLimits): Discovered {
  const files: ManifestBlob[] = [];
  const problems: Problem[] = [];
  for (const entry of tree.entries) {
    if (!isCandidate(entry, folder)) continue;
    const found = inspect(tree, entry, limits);
    if (found === undefined) continue;
    if ('code' in found) problems.push(found);
    else files.push(found);
  }
  const { maxFiles } = limits;
  if (files.length <= maxFiles) return { files, problems: problems.slice(0, maxFiles) };
  const message = `more than ${String(maxFiles)} manifests; the first ${String(maxFiles)} count`;
  return {
    files: files.slice(0, maxFiles),
    problems: [...problems.slice(0, maxFiles), { path: folder, code: 'TooManyFiles', message }],
    trouble: { reason: 'SourceUnreadable', message },
  };
}

function isCandidate({ path, type }: TreeEntry, folder: string): boolean {
  const way = (folder === '' ? path : path.slice(folder.length + 1)).split('/');
  const [name = ''] = way.splice(-1);
  return type !== 'submodule' && way.length <= 1 && !way.some(isLitter) && isManifestName(name);
}

function inspect(tree: Tree, { path }: TreeEntry, limits: SourceLimits): ManifestBlob | Problem | undefined {
  const found = tree.find(path);
  if (found.kind === 'folder') return undefined;
  if (found.kind !== 'file') {
    const message = 'the link leads out of the folder, or nowhere; put the file itself here';
    return { path, code: 'SymlinkOutside', message };
  }
  const { id, size } = found.entry;
  if (size <= limits.maxFileBytes) return { path, id, size };
  const message = `${String(size)} bytes are more than the limit of ${String(limits.maxFileBytes)}`;
  return { path, code: 'FileTooLarge', message };
}
