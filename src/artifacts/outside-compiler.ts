import type { Readable } from 'node:stream';
import { childEnvironment, spawnChild, type Child } from '../process/index.ts';
import { DeadlineError, withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { oneLine } from '../shared/text.ts';

/** Bytes of output that are kept: the last ones. */
const MAX_OUTPUT = 64 * 1024;
const SHOWN_LINES = 5;

export interface OutsideCompilation {
  readonly compiler: readonly [command: string, ...args: string[]];
  /** Absolute. */
  readonly source: string;
  /** Absolute: where the module is to be. */
  readonly out: string;
  readonly workspace: string;
  /** The daemon's environment; the compiler gets the allow-list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `<state hash>:<identity>`, the mark of its processes. */
  readonly instance: string;
  readonly timeoutMs: number;
}

/**
 * Runs `<command> <args…> compile SOURCE -o OUT` in the workspace. Undefined where it ended with 0, else a half sentence of how it failed
 * with its last lines. Its process tree is gone when this returns. Rejects only with the signal's reason.
 */
export async function runCompiler(
  { compiler: [command, ...args], source, out, workspace, env, instance, timeoutMs }: OutsideCompilation,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | undefined> {
  let child: Child;
  try {
    const request = { command, args: [...args, 'compile', source, '-o', out], cwd: workspace, instance };
    child = await spawnChild({ ...request, env: childEnvironment(env, [], {}) }, clock);
  } catch (error) {
    if (error instanceof ClarityError) return `could not be started: ${error.message}`;
    throw error;
  }
  const output = { stdout: tailOf(child.stdout), stderr: tailOf(child.stderr) };
  child.stdin.end();
  const lastLines = () => quoted(output.stderr()) ?? quoted(output.stdout()) ?? 'it printed nothing';
  try {
    const { code, signal: by } = await withDeadline(clock, 'the compiler', timeoutMs, signal, () => child.exited);
    if (code === 0) return undefined;
    return `ended ${by === null ? `with code ${String(code)}` : `by ${by}`}: ${lastLines()}`;
  } catch (error) {
    if (error instanceof DeadlineError) return `did not end within ${String(timeoutMs)} ms: ${lastLines()}`;
    throw error;
  } finally {
    await child.stop(0);
  }
}

/** Reads a stream to its end and keeps its last part. */
function tailOf(stream: Readable): () => string {
  let kept: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    const all = Buffer.concat([kept, chunk]);
    kept = all.subarray(Math.max(0, all.length - MAX_OUTPUT));
  });
  return () => kept.toString('utf8');
}

function quoted(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const last = lines.slice(-SHOWN_LINES).map((line) => oneLine(line));
  return last.length === 0 ? undefined : last.join(' / ');
}
