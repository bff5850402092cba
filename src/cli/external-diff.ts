import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../process/index.ts';
import type { PlanItem } from '../wire/types.ts';
import type { CommandContext } from './command-context.ts';
import { runExternal } from './run-external.ts';

/**
 * Shows the changes with the person's own program (CLARITY_EXTERNAL_DIFF, split at blanks): it gets two folders, before and after,
 * with the changed parts of each document as the daemon told them, secrets masked. Its exit code does not count.
 * Throws ClarityError where it cannot be started.
 */
export async function showExternally(
  context: CommandContext,
  program: string,
  items: readonly PlanItem[],
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'clarityctl-diff-'));
  try {
    for (const side of ['before', 'after'] as const) {
      await mkdir(join(root, side));
      for (const { kind, name, patch } of items)
        if (patch !== '') await writeFile(join(root, side, `${kind}.${name}.yaml`), sideOf(patch, side));
    }
    const args = ['before', 'after'].map((side) => join(root, side));
    const env = childEnvironment(context.input.env, [], {});
    await runExternal(context.input, context.signal, { program, args, env, instance: 'clarityctl:diff' });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** The lines of a unified diff as they were or as they will be. */
function sideOf(patch: string, side: 'before' | 'after'): string {
  const lines = patch.split('\n').filter((line) => !/^(---|\+\+\+|@@|\\)/.test(line));
  const kept = lines.filter((line) => !line.startsWith(side === 'before' ? '+' : '-'));
  return kept.map((line) => line.slice(1)).join('\n');
}
