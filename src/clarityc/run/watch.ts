import { CliError, EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { explainPlainFailure } from '../../cli/plain-failure.ts';
import { fileStamp } from '../../toolchain/source-reader.ts';
import { nextChange } from '../../toolchain/watch-files.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/watch.ts';
import { entryFile } from '../entry-file.ts';
import { outputFile } from '../output-file.ts';
import { compileTo } from './compile.ts';

/** Clears a terminal and what can be scrolled back to. */
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/** The body of `clarityc watch`. */
export async function runWatch(
  context: CommandContext,
  given: string | undefined,
  { output }: Options,
): Promise<ExitCode> {
  const { input, warn } = context;
  const file = entryFile(context, given);
  const target = outputFile(context, file, output, '.wasm');
  const signal = AbortSignal.any([context.signal, input.interrupt()]);
  let inputs: ReadonlyMap<string, string> | undefined;
  do {
    if (input.stdout.isTTY === true) input.stdout.write(CLEAR);
    inputs = await compileAgain(context, file, target, inputs);
    warn(`\nWatching ${String(inputs.size)} ${inputs.size === 1 ? 'file' : 'files'}; Ctrl-C ends it.`);
  } while (await nextChange(inputs, input.clock, signal));
  return EXIT.interrupted;
}

/** What to look at next. An entry that is gone is a usage error at first; later it may come back. */
async function compileAgain(
  context: CommandContext,
  file: string,
  target: string,
  before: ReadonlyMap<string, string> | undefined,
): Promise<ReadonlyMap<string, string>> {
  try {
    return (await compileTo(context, file, target, { format: 'text', warnings: 'show' })).inputs;
  } catch (error) {
    if (before === undefined || !(error instanceof CliError)) throw error;
    for (const line of explainPlainFailure(error).lines) context.warn(line);
    return new Map([...before.keys()].map((path) => [path, fileStamp(path)]));
  }
}
