import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ClarityError, errorCode } from '../../../shared/errors.ts';

/** A path of the workspace. */
export interface WorkspacePath {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Relative to the workspace, with forward slashes; `.` for itself. */
  readonly shown: string;
}

/** Resolves a path that a caller gave. Throws BadRequest where it lies outside of the workspace, also through a link, or in a dot folder: those are not the caller's. */
export async function insideWorkspace(workspace: string, given: string): Promise<WorkspacePath> {
  const root = await realpath(workspace);
  const path = given.includes('\0') ? undefined : await resolveLinks(resolve(root, given));
  const shown = path === undefined ? undefined : relativeTo(root, path);
  if (path === undefined || shown === undefined)
    throw new ClarityError('BadRequest', `${JSON.stringify(given)} lies outside of the workspace`);
  if (shown !== '.' && shown.split('/').some((part) => part.startsWith('.')))
    throw new ClarityError('BadRequest', `${JSON.stringify(given)} lies in a folder that begins with a dot`);
  return { path, shown };
}

/** With forward slashes; undefined where it lies outside. Both with links resolved. */
export function relativeTo(root: string, path: string): string | undefined {
  const way = relative(root, path);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
  return way === '' ? '.' : way.split(sep).join('/');
}

/** The real path; what does not exist yet keeps its name below the nearest folder that does. */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await resolveLinks(dirname(path)), basename(path));
  }
}
