import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A script that stands for an outside compiler, and the number of its runs. */
export interface FakeCompiler {
  readonly command: readonly [string, string];
  runs(): number;
}

/** Makes one in the folder. It counts its runs, then runs `body` with `source`, `out` and node's `fs` in scope. */
export function fakeCompiler(folder: string, body: string): FakeCompiler {
  const [script, log] = [join(folder, 'compiler.mjs'), join(folder, 'runs.log')];
  const head = `import fs from 'node:fs';
const [verb, source, flag, out] = process.argv.slice(2);
if (verb !== 'compile' || flag !== '-o') process.exit(64);
fs.appendFileSync(${JSON.stringify(log)}, source + '\\n');
`;
  writeFileSync(script, head + body);
  return {
    command: [process.execPath, script],
    runs: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').length : 0),
  };
}
