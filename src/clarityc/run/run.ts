import { EXIT } from '../../cli/cli-error.ts';
import { compileFile } from '../../toolchain/compile-file.ts';
import { instantiate } from '../../wasm-host/instantiate.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/run.ts';
import { entryFile, reading } from '../entry-file.ts';
import { callFunction, endingOf } from '../host/call-function.ts';
import { programEnvironment } from '../host/program-environment.ts';
import { printEnding } from '../output/print-ending.ts';
import { printFindings } from '../output/print-findings.ts';

/** The body of `clarityc run`. */
export async function runRun(
  context: CommandContext,
  given: string | undefined,
  { function: name, args = [] }: Options,
): Promise<number> {
  const { wasm, diagnostics } = reading(context, entryFile(context, given), compileFile);
  const fatal = await printFindings(context, diagnostics, { format: 'text', warnings: 'show' });
  if (fatal || wasm === undefined) return EXIT.no;
  const ending = endingOf(() => {
    const instance = instantiate(wasm, programEnvironment(context.input, context.settings, args));
    const text = callFunction(instance, name, args);
    if (text !== undefined) context.print(text);
  });
  return printEnding(context, ending);
}
