import { readEnvironment } from '../config/environment.ts';
import type { CliInput } from './cli-input.ts';

/** What a command line takes from its process. */
export function processInput(): CliInput {
  return {
    argv: process.argv.slice(2),
    env: readEnvironment(),
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    fetch: globalThis.fetch,
    clock: {
      now: () => Date.now(),
      after: (delayMs, fn) => {
        const timer = setTimeout(fn, delayMs);
        return () => clearTimeout(timer);
      },
    },
  };
}

/** Fires at the first Ctrl-C; a second one does not wait for anybody. */
export function interruptSignal(): AbortSignal {
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
    process.once('SIGINT', () => process.exit(130));
  });
  return interrupt.signal;
}

/** Ends the process. What is still in the pipe is written first: a process that exits cuts it off. */
export function endProcess(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
