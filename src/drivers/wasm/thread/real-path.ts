import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { errorCode } from '../../../shared/errors.ts';

/** Files of the machine itself: `/proc/self/environ` is the daemon's environment. */
const MACHINE = ['/proc', '/sys', '/dev'];

/** Where an absolute path leads when all links are followed; what does not exist yet is below the deepest folder that does. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const parent = dirname(path);
    const missing = errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
    if (!missing || parent === path) throw error;
    return join(realPath(parent), basename(path));
  }
}

/** True where a real path is one of these files and folders, or below one; never for what belongs to the machine. */
export function isBelow(real: string, roots: readonly string[]): boolean {
  return !MACHINE.some((root) => isInside(real, root)) && roots.some((root) => isInside(real, root));
}

/** True for the root itself, too. */
export function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}
