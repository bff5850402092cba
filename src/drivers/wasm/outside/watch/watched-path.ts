import { relative, resolve } from 'node:path';
import { errorCode } from '../../../../shared/errors.ts';
import { oneLine } from '../../../../shared/text.ts';
import { whyOwn } from '../../own-folders.ts';
import type { Program } from '../../program.ts';
import { isBelow, realPath } from '../../thread/real-path.ts';
import { PlainFailure } from '../plain-failure.ts';

/**
 * The real path of what a module wants to watch, by the rule that holds for its files: once all links are followed, it lies in what the
 * service may read. Throws PlainFailure; what it may not read is audited, and looks the same whether it exists or not.
 */
export function watchedPath(path: string, { workspace, ownFolders, grants, refused }: Program): string {
  const shown = oneLine(path);
  if (path === '' || path.includes('\0')) throw new PlainFailure(`\`${shown}\` is no path.`);
  const wanted = resolve(workspace, path);
  const { read = [], write = [] } = grants.fs ?? {};
  const real = follow(wanted, shown);
  const own = whyOwn(real, 'read', ownFolders, workspace);
  if (own !== undefined) {
    const message = `The service may not watch \`${shown}\`, ${own}: no manifest grants that.`;
    refused({ need: 'fs', message });
    throw new PlainFailure(message);
  }
  const roots = [...read, ...write].map((root) => follow(root, shown));
  if (isBelow(real, roots)) return real;
  const message = `The service may not read \`${shown}\`, and so may not watch it.`;
  const entry = isBelow(wanted, [workspace]) ? relative(workspace, wanted) || '.' : wanted;
  refused({ need: 'fs', message, add: `spec.origin.capabilities.fs.read: [${JSON.stringify(oneLine(entry))}]` });
  throw new PlainFailure(message);
}

function follow(path: string, shown: string): string {
  try {
    return realPath(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new PlainFailure(`\`${shown}\` cannot be reached.`, { cause: error });
  }
}
