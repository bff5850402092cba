import type { Readable } from 'node:stream';
import { childEnvironment, spawnChild } from '../../process/index.ts';
import { DeadlineError, withDeadline } from '../../shared/abort.ts';
import type { Clock } from '../../shared/clock.ts';
import { ClarityError } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';
import { fine, type Check } from './check.ts';
import { isAtLeast } from './machine-checks.ts';

/** Where a program is looked for, and how long it may take. */
export interface ProgramSetting {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 10_000;
const MAX_CHARS = 4096;
/** Signatures of ssh keys; older ones cannot verify commits. */
const GIT = [2, 34] as const;

/** git, which only sources in git need. */
export async function checkGit(setting: ProgramSetting): Promise<Check> {
  const said = await versionOf('git', setting);
  const fix = `Install git ${GIT.join('.')} or newer; only sources in git need it.`;
  if ('trouble' in said) return { name: 'git', status: 'warn', detail: said.trouble, fix };
  if (isAtLeast(said.text, GIT)) return fine('git', said.text);
  return { name: 'git', status: 'warn', detail: `${said.text} cannot verify signed commits`, fix };
}

/** The compiler of Clarity programs; undefined: the embedded one. */
export async function checkCompiler(command: string | undefined, setting: ProgramSetting): Promise<Check> {
  const name = 'compiler';
  if (command === undefined) return fine(name, 'the embedded one');
  const said = await versionOf(command, setting);
  if ('text' in said) return fine(name, `${command}: ${said.text}`);
  const fix = 'Correct --compiler-bin or CLARITYC_BIN, or leave it out: the embedded compiler is used then.';
  return { name, status: 'fail', detail: said.trouble, fix };
}

/** The first line of `COMMAND --version`, or what is in the way. */
async function versionOf(
  command: string,
  { cwd, env, clock, signal }: ProgramSetting,
): Promise<{ readonly text: string } | { readonly trouble: string }> {
  try {
    const own = childEnvironment(env, [], {});
    const child = await spawnChild({ command, args: ['--version'], cwd, env: own, instance: 'doctor' }, clock);
    try {
      child.stdin.end();
      const [exit, text] = await withDeadline(clock, `${command} --version`, TIMEOUT_MS, signal, () =>
        Promise.all([child.exited, read(child.stdout), read(child.stderr)]),
      );
      if (exit.code === 0) return { text: oneLine(text) || 'it says no version' };
      return { trouble: `${command} --version ended with ${String(exit.code ?? exit.signal)}` };
    } finally {
      await child.stop(0);
    }
  } catch (error) {
    if (error instanceof ClarityError || error instanceof DeadlineError) return { trouble: error.message };
    throw error;
  }
}

async function read(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) if (text.length < MAX_CHARS) text += String(chunk);
  return text.slice(0, MAX_CHARS);
}
