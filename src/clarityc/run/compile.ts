import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { printable } from '../../shared/text.ts';
import { checkFile, compileFile } from '../../toolchain/compile-file.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/compile.ts';
import { entryFile, reading } from '../entry-file.ts';
import type { FindingOptions } from '../output/finding-options.ts';
import { printFindings } from '../output/print-findings.ts';
import { outputFile } from '../output-file.ts';
import { writeOutput } from '../write-output.ts';

/** The body of `clarityc compile`. */
export async function runCompile(
  context: CommandContext,
  given: string | undefined,
  options: Options,
): Promise<ExitCode> {
  const file = entryFile(context, given);
  if (options.emitTokens === true || options.emitAst === true || options.emitWat === true)
    return (await import('./emit.ts')).runEmit(context, file, options);
  if (options.checkOnly === true) {
    const fatal = await printFindings(context, reading(context, file, checkFile).diagnostics, options);
    return fatal ? EXIT.no : EXIT.ok;
  }
  const { fatal } = await compileTo(context, file, outputFile(context, file, options.output, '.wasm'), options);
  return fatal ? EXIT.no : EXIT.ok;
}

/** Compiles a file, prints what was found, and writes the module where nothing is fatal. Throws a usage error where a file cannot be used. */
export async function compileTo(
  context: CommandContext,
  file: string,
  output: string,
  options: FindingOptions,
): Promise<{ readonly fatal: boolean; readonly inputs: ReadonlyMap<string, string> }> {
  const { wasm, diagnostics, inputs } = reading(context, file, compileFile);
  const result = wasm === undefined ? {} : { output: { file: output, bytes: wasm.byteLength } };
  const fatal = await printFindings(context, diagnostics, options, result);
  if (fatal || wasm === undefined) return { fatal: true, inputs };
  await writeOutput(context, output, wasm);
  if (options.format === 'text')
    context.print(printable(`Compiled ${file} -> ${output} (${String(wasm.byteLength)} bytes)`));
  return { fatal, inputs };
}
