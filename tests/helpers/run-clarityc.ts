import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runClarityc } from '../../src/clarityc/run-clarityc.ts';
import { TextInput } from '../../src/wasm-host/text-input.ts';
import { testInput, type CliRun, type CliSetting } from './run-cli.ts';
import { tempFolder } from './temp-folder.ts';

/** Runs clarityc in this process, with streams that are kept; `signal` is Ctrl-C. */
export async function clarityc(argv: readonly string[], setting: CliSetting = {}): Promise<CliRun> {
  const { input, finish } = testInput(argv, setting, setting.terminal === true);
  const programInput = () => new TextInput(setting.input ?? '');
  const interrupt = () => setting.signal ?? new AbortController().signal;
  return finish(await runClarityc({ ...input, programInput, interrupt }));
}

/** A new folder with these files, gone after the test; its canonical path. */
export function sourceFolder(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
