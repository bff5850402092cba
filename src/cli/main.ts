import { readEnvironment } from '../config/index.ts';
import { runCli } from './run-cli.ts';

/** clarityctl as a process: the only place of the command line that touches `process`. */
const interrupt = new AbortController();
process.once('SIGINT', () => {
  interrupt.abort();
  // A second Ctrl-C does not wait for anybody.
  process.once('SIGINT', () => process.exit(130));
});

const code = await runCli({
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
  signal: interrupt.signal,
});
// What is still in the pipe is written first: a process that exits cuts it off.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
