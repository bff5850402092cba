import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/toolchain/compile-file.ts';
import { nextChange } from '../../src/toolchain/watch-files.ts';
import { systemClock } from '../helpers/clock.ts';
import { sourceFolder } from '../helpers/run-clarityc.ts';

const FILES = {
  'main.clarity': 'module Main\nimport { one } from "./lib"\n',
  'lib.clarity': 'module Lib\nexport function one() -> Int64 { 1 }\n',
};
const never = new AbortController().signal;

describe('watching what a check has read', () => {
  it.each([
    ['the entry is written', (folder: string) => writeFileSync(join(folder, 'main.clarity'), 'module Other\n')],
    ['an import is written', (folder: string) => writeFileSync(join(folder, 'lib.clarity'), 'module Lib\n')],
    ['an import is removed', (folder: string) => rmSync(join(folder, 'lib.clarity'))],
    [
      'an import is replaced by a rename',
      (folder: string) => {
        writeFileSync(join(folder, 'new'), FILES['lib.clarity']);
        renameSync(join(folder, 'new'), join(folder, 'lib.clarity'));
      },
    ],
  ])('tells that %s', async (_, change) => {
    const folder = sourceFolder(FILES);
    const { inputs } = checkFile(join(folder, 'main.clarity'));
    const changed = nextChange(inputs, systemClock, never);
    change(folder);
    expect(await changed).toBe(true);
  });

  it('tells that a missing import has come', async () => {
    const folder = sourceFolder({ 'main.clarity': FILES['main.clarity'] });
    const { inputs } = checkFile(join(folder, 'main.clarity'));
    const changed = nextChange(inputs, systemClock, never);
    writeFileSync(join(folder, 'lib.clarity'), FILES['lib.clarity']);
    expect(await changed).toBe(true);
  });

  it('tells of a change that came before the watch did', async () => {
    const folder = sourceFolder(FILES);
    const { inputs } = checkFile(join(folder, 'main.clarity'));
    writeFileSync(join(folder, 'lib.clarity'), 'module Lib\n');
    expect(await nextChange(inputs, systemClock, never)).toBe(true);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const { inputs } = checkFile(join(sourceFolder(FILES), 'main.clarity'));
    const changed = nextChange(inputs, systemClock, stop.signal);
    stop.abort();
    expect(await changed).toBe(false);
  });
});
