import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ClarityError, errorCode } from '../shared/errors.ts';

/** A folder that the writer may write to, as its source watches it. */
export interface WritableSource {
  readonly name: string;
  /** Absolute. */
  readonly root: string;
  /** What the paths shown to people are relative to; absolute. */
  readonly workspace: string;
}

/** Where a document stands or shall stand. */
export interface Place {
  readonly source: WritableSource;
  /** Absolute, as named. */
  readonly path: string;
  /** Where the bytes are: `path` with every link resolved. */
  readonly target: string;
  /** As shown to people. */
  readonly file: string;
}

/** One folder below the root, no dot name: deeper ones are not watched (manifest.md, Discovery). */
const FOLDER = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** Resolves a file of a source. Throws ClarityError BadRequest where it, or what it links to, lies outside of the root. */
export async function placeOf(source: WritableSource, file: string): Promise<Place> {
  const path = resolve(source.workspace, file);
  const shown = isInside(source.workspace, path) ? relative(source.workspace, path) : path;
  const outside = new ClarityError(
    'BadRequest',
    `${shown} is not inside ${source.root}; nothing outside of it is written`,
  );
  if (!isInside(source.root, path)) throw outside;
  const target = await resolveLinks(path);
  const root = await resolveLinks(source.root);
  if (!isInside(root, target)) throw outside;
  return { source, path, target, file: shown };
}

/** The place of a new file. Throws ClarityError BadRequest for a folder name that the source would not look into. */
export function newPlace(source: WritableSource, folder: string | undefined, name: string): Promise<Place> {
  if (folder !== undefined && !FOLDER.test(folder))
    throw new ClarityError('BadRequest', `"${folder}" cannot be a folder of manifests: one plain name without slashes`);
  return placeOf(source, join(source.root, folder ?? '', name));
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

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
