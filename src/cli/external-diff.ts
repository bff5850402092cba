import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { childEnvironment, spawnChild } from '../process/index.ts';
import { withDeadline } from '../shared/abort.ts';
import type { PlanItem } from '../wire/types.ts';
import type { CliStream } from './cli-input.ts';
import type { CommandContext } from './command-context.ts';

const TIMEOUT_MS = 600_000;

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
    await runProgram(
      context,
      program,
      ['before', 'after'].map((side) => join(root, side)),
    );
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

async function runProgram(
  { input, signal }: CommandContext,
  program: string,
  folders: readonly string[],
): Promise<void> {
  const { cwd, clock, stdout, stderr, env } = input;
  const [command = '', ...args] = program.trim().split(/\s+/);
  const request = {
    command,
    args: [...args, ...folders],
    cwd,
    env: childEnvironment(env, [], {}),
    instance: 'clarityctl:diff',
  };
  const child = await spawnChild(request, clock);
  try {
    child.stdin.end();
    await withDeadline(clock, program, TIMEOUT_MS, signal, () =>
      Promise.all([pass(child.stdout, stdout), pass(child.stderr, stderr), child.exited]),
    );
  } finally {
    await child.stop(0);
  }
}

async function pass(from: Readable, to: CliStream): Promise<void> {
  for await (const chunk of from) to.write(chunk as Uint8Array);
}
