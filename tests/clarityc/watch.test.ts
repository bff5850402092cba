import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clarityc, sourceFolder } from '../helpers/run-clarityc.ts';

it('watch compiles again when a file of the program changes, until Ctrl-C', async () => {
  const cwd = sourceFolder({
    'main.clarity': 'module Main\nimport { one } from "./lib"\nfunction main() -> Int64 { one() }\n',
    'lib.clarity': 'module Lib\nexport function one() -> Int64 { 1 }\n',
  });
  const lib = join(cwd, 'lib.clarity');
  const stop = new AbortController();
  const steps = [
    () => writeFileSync(lib, 'module Lib\nexport function one() -> Int64 { 2 + 3 }\n'),
    () => {
      // The entry goes, and comes back.
      const main = readFileSync(join(cwd, 'main.clarity'), 'utf8');
      rmSync(join(cwd, 'main.clarity'));
      writeFileSync(join(cwd, 'main.clarity'), main.replace('one() }', 'one() + 1 }'));
    },
    () => stop.abort(),
  ];
  let compiled = 0;
  const onOutput = (text: string) => {
    if (text.startsWith('Compiled')) steps[compiled++]?.();
  };
  const { code, stdout, stderr } = await clarityc(['watch', 'main.clarity'], { cwd, signal: stop.signal, onOutput });
  expect(code).toBe(130);
  expect(stdout.match(/^Compiled main\.clarity -> main\.wasm/gm)).toHaveLength(3);
  expect(stderr).toContain('Watching 2 files; Ctrl-C ends it.');
});
