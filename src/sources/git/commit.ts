import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitAuthor, Repository } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';
import type { Mirror } from './mirror.ts';
import { parseTree } from './tree-entry.ts';

type Change = Parameters<Repository['commit']>[0];

/** Who makes every commit of ours, and is its author where nobody else is named. */
const COMMITTER: CommitAuthor = { name: 'clarity-runtime', email: 'clarity-runtime@localhost' };

/** What `update-index --index-info` takes for a file that goes. */
const GONE = `0 ${'0'.repeat(40)}`;

/**
 * Makes the objects of one commit on top of `parent` and resolves with its sha; no ref is moved. Only what the change names differs from the
 * parent, modes stay. Throws ClarityError Conflict where a path is something else than a file, SourceUnreadable where git cannot.
 */
export async function makeCommit(
  mirror: Mirror,
  parent: string,
  { files, message, author = COMMITTER }: Change,
  signal?: AbortSignal,
): Promise<string> {
  // An index of its own: a bare repository has none, and two commits must not share one.
  const index = join(mirror.folder, `index-${randomUUID()}`);
  const run = { signal, env: { GIT_INDEX_FILE: index } };
  try {
    await mirror.must(['read-tree', parent], run);
    const lines: string[] = [];
    for (const { path, text } of files) {
      const mode = await modeOf(mirror, parent, path, signal);
      lines.push(`${text === undefined ? GONE : `${mode} ${await store(mirror, text, signal)}`}\t${path}\0`);
    }
    await mirror.must(['update-index', '-z', '--index-info'], { ...run, input: lines.join('') });
    const tree = wordOf(await mirror.must(['write-tree'], run));
    const env = {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_COMMITTER_NAME: COMMITTER.name,
      GIT_COMMITTER_EMAIL: COMMITTER.email,
    };
    const input = message.endsWith('\n') ? message : `${message}\n`;
    return wordOf(await mirror.must(['commit-tree', tree, '-p', parent, '-F', '-'], { signal, env, input }));
  } finally {
    await rm(index, { force: true });
    // Left behind where git was ended in the middle.
    await rm(`${index}.lock`, { force: true });
  }
}

async function store(mirror: Mirror, text: string, signal: AbortSignal | undefined): Promise<string> {
  return wordOf(await mirror.must(['hash-object', '-w', '--stdin'], { signal, input: text }));
}

async function modeOf(mirror: Mirror, parent: string, path: string, signal: AbortSignal | undefined): Promise<string> {
  const args = ['ls-tree', '-z', '--long', '--full-tree', parent, '--', path];
  const [entry] = parseTree(await mirror.must(args, { signal }));
  if (entry?.type === 'executable') return '100755';
  if (entry === undefined || entry.type === 'file') return '100644';
  throw new ClarityError('Conflict', `${path} is a ${entry.type} in the repository; change it there`);
}

function wordOf(output: Buffer): string {
  return output.toString('utf8').trim();
}
