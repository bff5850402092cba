import { realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { errorCode } from '../../../../shared/errors.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { Program } from '../../program.ts';
import { PlainFailure } from '../plain-failure.ts';

/**
 * The real path of what a module wants to watch, if it lies within a path that it may read once all links are followed. Throws PlainFailure; what
 * it may not read is audited, and looks the same whether it exists or not.
 */
export async function watchedPath(path: string, { workspace, grants, refused }: Program): Promise<string> {
  const shown = oneLine(path);
  if (path === '' || path.includes('\0')) throw new PlainFailure(`\`${shown}\` is no path.`);
  const wanted = resolve(workspace, path);
  const roots = [...(grants.fs?.read ?? []), ...(grants.fs?.write ?? [])];
  const real = await realOf(wanted);
  if (real === undefined && roots.some((root) => isWithin(wanted, root)))
    throw new PlainFailure(`\`${shown}\` does not exist, or cannot be reached.`);
  const realRoots = await Promise.all(roots.map(realOf));
  if (real !== undefined && realRoots.some((root) => root !== undefined && isWithin(real, root))) return real;
  const message = `The service may not read \`${shown}\`, and so may not watch it.`;
  const inside = isWithin(wanted, workspace) ? relative(workspace, wanted) || '.' : wanted;
  refused({ need: 'fs', message, add: `spec.origin.capabilities.fs.read: [${JSON.stringify(oneLine(inside))}]` });
  throw new PlainFailure(message);
}

const isWithin = (path: string, root: string) =>
  path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);

/** Undefined where it does not exist or cannot be reached. */
async function realOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
