import { isAbsolute, relative, sep } from 'node:path';

/** True where the path lies below the folder; both absolute. A path that is the folder itself does not. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
