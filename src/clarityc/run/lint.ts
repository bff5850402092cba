import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import type { Finding } from '../../compiler/diagnostics/located.ts';
import { Reporter } from '../../compiler/diagnostics/reporter.ts';
import { lintModule } from '../../compiler/lint/lint-module.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { parseModule } from '../../compiler/syntax/parse-module.ts';
import { SourceReader } from '../../toolchain/source-reader.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/lint.ts';
import { reading } from '../entry-file.ts';
import { printFindings } from '../output/print-findings.ts';
import { sourceFiles } from '../source-files.ts';

/** The body of `clarityc lint`. */
export async function runLint(
  context: CommandContext,
  paths: readonly string[],
  { json = false }: Options,
): Promise<ExitCode> {
  const files = await sourceFiles(context, paths);
  const findings = files.flatMap((file) => lintFile(context, file));
  const format = json ? 'json' : 'text';
  const fatal = await printFindings(context, findings, { format, warnings: 'deny' }, { files: files.length });
  return fatal ? EXIT.no : EXIT.ok;
}

/** What does not parse cannot be looked through: then its errors. */
function lintFile(context: CommandContext, file: string): readonly Finding[] {
  const { path, text } = reading(context, file, (absolute) => new SourceReader().read(absolute));
  const source = new SourceFile(path, text);
  const report = new Reporter();
  const module = parseModule(source, report);
  if (report.errors > 0) return report.sorted();
  return lintModule(module).map(({ rule, ...rest }) => ({
    severity: 'warning',
    code: rule,
    kind: rule,
    source,
    ...rest,
  }));
}
