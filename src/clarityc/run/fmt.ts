import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { readStdin } from '../../cli/read-stdin.ts';
import { Reporter } from '../../compiler/diagnostics/reporter.ts';
import { formatSource } from '../../compiler/format/format.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { parseModule } from '../../compiler/syntax/parse-module.ts';
import { printable } from '../../shared/text.ts';
import { SourceReader } from '../../toolchain/source-reader.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/fmt.ts';
import { reading } from '../entry-file.ts';
import { printFindings } from '../output/print-findings.ts';
import { sourceFiles } from '../source-files.ts';
import { writeOutput } from '../write-output.ts';

/** The body of `clarityc fmt`. */
export async function runFmt(context: CommandContext, paths: readonly string[], options: Options): Promise<ExitCode> {
  if (paths.length === 1 && paths[0] === '-') {
    const source = new SourceFile('<stdin>', new TextDecoder().decode(await readStdin(context.input, 16)));
    return (await setFile(context, '<stdin>', source, { check: options.check === true })) ? EXIT.ok : EXIT.no;
  }
  let clean = true;
  for (const file of await sourceFiles(context, paths)) {
    const { path, text } = reading(context, file, (absolute) => new SourceReader().read(absolute));
    if (!(await setFile(context, file, new SourceFile(path, text), options))) clean = false;
  }
  return clean ? EXIT.ok : EXIT.no;
}

/** False where the file does not parse, or is to be checked and not in the style. */
async function setFile(context: CommandContext, file: string, source: SourceFile, options: Options): Promise<boolean> {
  const text = formatSource(source.text);
  if (text === undefined) {
    const report = new Reporter();
    parseModule(source, report);
    await printFindings(context, report.sorted(), { format: 'text', warnings: 'hide' });
    return false;
  }
  if (options.write !== true && options.check !== true) {
    context.input.stdout.write(text);
    return true;
  }
  if (text === source.text) return true;
  context.print(printable(file));
  if (options.write !== true) return false;
  await writeOutput(context, file, text);
  return true;
}
