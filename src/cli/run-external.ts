import type { Readable } from 'node:stream';
import { spawnChild, type ChildExit } from '../process/index.ts';
import { withDeadline } from '../shared/abort.ts';
import type { CliInput, CliStream } from './cli-input.ts';

const TIMEOUT_MS = 600_000;

/** A program of the person's own. */
export interface ExternalProgram {
  /** Split at blanks: a command and its first arguments. */
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment of it (childEnvironment). */
  readonly env: Readonly<Record<string, string>>;
  /** Which of our commands runs it: a mark on the process. */
  readonly instance: string;
}

/** Runs it with our output streams and without input. Throws ClarityError where it cannot be started, and the signal's reason. */
export async function runExternal(
  { cwd, clock, stdout, stderr }: CliInput,
  signal: AbortSignal,
  { program, args, env, instance }: ExternalProgram,
): Promise<ChildExit> {
  const [command = '', ...first] = program.trim().split(/\s+/);
  const child = await spawnChild({ command, args: [...first, ...args], cwd, env, instance }, clock);
  try {
    child.stdin.end();
    const [exit] = await withDeadline(clock, program, TIMEOUT_MS, signal, () =>
      Promise.all([child.exited, pass(child.stdout, stdout), pass(child.stderr, stderr)]),
    );
    return exit;
  } finally {
    await child.stop(0);
  }
}

async function pass(from: Readable, to: CliStream): Promise<void> {
  for await (const chunk of from) to.write(chunk as Uint8Array);
}
