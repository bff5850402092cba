import { EXIT } from '../../cli/cli-error.ts';
import type { ModuleInterface } from '../../compiler/interface/interface.ts';
import { suggest } from '../../shared/suggest.ts';
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
  const { wasm, interface: offered, diagnostics } = reading(context, entryFile(context, given), compileFile);
  const fatal = await printFindings(context, diagnostics, { format: 'text', warnings: 'show' });
  if (fatal || wasm === undefined) return EXIT.no;
  const ending = endingOf(() => {
    const instance = instantiate(wasm, programEnvironment(context.input, context.settings, args));
    const text = callFunction(instance, name, args);
    if (text !== undefined) context.print(text);
  });
  const code = printEnding(context, ending);
  if (ending.fault?.kind === 'unknown-function') context.warn(choiceHint(name, offered));
  return code;
}

function choiceHint(name: string, offered: ModuleInterface | undefined): string {
  const near = suggest(name, offered?.functions.map((each) => each.name) ?? []);
  return near === undefined ? 'Name one of them with -f.' : `Did you mean -f ${near}?`;
}
