import { isAbsolute, relative, sep } from 'node:path';

const MANIFEST = /\.(ya?ml|json)$/;
const LITTER = /^\.|~$|^4913$|^#.*#$|\.tmp-|\.bak$/;

/** True for the names that may hold manifests: `*.yaml *.yml *.json` (manifest.md, Discovery). */
export function isManifestName(name: string): boolean {
  return MANIFEST.test(name) && !isLitter(name);
}

/** True for dot names and what editors leave beside a file (`.x.swp`, `x~`, `4913`, `#x#`, `x.tmp-1`, `x.bak`). */
export function isLitter(name: string): boolean {
  return LITTER.test(name);
}

/** True where `path` is `root` or below it; both absolute. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A file as a person would write it: relative to the workspace where it lies inside, else absolute. */
export function displayPath(workspace: string, path: string): string {
  return isInside(workspace, path) ? relative(workspace, path) || '.' : path;
}
