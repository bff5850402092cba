import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import type { CompilerDiagnostic } from '../../compiler/diagnostics/reporter.ts';
import { checkFile } from '../../toolchain/compile-file.ts';
import type { CommandContext } from '../command-context.ts';
import { reading } from '../entry-file.ts';
import type { FindingOptions } from '../output/finding-options.ts';
import { printFindings } from '../output/print-findings.ts';
import { sourceFiles } from '../source-files.ts';

/** The body of `clarityc check`. */
export async function runCheck(
  context: CommandContext,
  paths: readonly string[],
  options: FindingOptions,
): Promise<ExitCode> {
  const files = await sourceFiles(context, paths);
  const findings = new Map<string, CompilerDiagnostic>();
  for (const file of files) {
    for (const each of reading(context, file, checkFile).diagnostics)
      findings.set([each.source.path, each.code, each.span.start, each.span.end].join('\n'), each);
  }
  const fatal = await printFindings(context, [...findings.values()], options, { files: files.length });
  if (options.format === 'text' && !fatal)
    context.print(`Checked ${String(files.length)} ${files.length === 1 ? 'file' : 'files'}`);
  return fatal ? EXIT.no : EXIT.ok;
}
