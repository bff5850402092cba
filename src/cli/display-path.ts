import { isAbsolute, relative, sep } from 'node:path';
import { realpathSync } from 'node:fs';

/** A canonical path (or what stands for one, as `<stdin>`) as a person in `cwd` writes it: relative where it lies inside, else absolute. */
export function displayPath(cwd: string, path: string): string {
  if (!isAbsolute(path)) return path;
  const way = relative(realpathSync.native(cwd), path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
}
