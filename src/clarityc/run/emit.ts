import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { renderJson } from '../../cli/output/format.ts';
import { Reporter } from '../../compiler/diagnostics/reporter.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { tokenize } from '../../compiler/syntax/lexer.ts';
import { parseModule } from '../../compiler/syntax/parse-module.ts';
import { Token } from '../../compiler/syntax/token.ts';
import { printWat } from '../../compiler/wasm/print-wat.ts';
import { compileFile } from '../../toolchain/compile-file.ts';
import { SourceReader } from '../../toolchain/source-reader.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/compile.ts';
import { reading } from '../entry-file.ts';
import { printFindings } from '../output/print-findings.ts';

const TOKEN_NAMES = new Map(Object.entries(Token).map(([name, token]) => [token, name]));

/** The body of `clarityc compile --emit-tokens` and its kin: prints one form of the program. */
export async function runEmit(context: CommandContext, file: string, options: Options): Promise<ExitCode> {
  if (options.emitWat === true) return emitWat(context, file, options);
  const { path, text } = reading(context, file, (absolute) => new SourceReader().read(absolute));
  const source = new SourceFile(path, text);
  if (options.emitTokens === true) {
    context.print(renderJson(tokens(source)));
    return EXIT.ok;
  }
  const report = new Reporter();
  const module = parseModule(source, report);
  await printFindings(context, report.sorted(), { format: 'text', warnings: options.warnings });
  context.print(renderJson(JSON.parse(JSON.stringify({ ...module, source: undefined }, plain)) as object));
  return report.errors > 0 ? EXIT.no : EXIT.ok;
}

async function emitWat(context: CommandContext, file: string, options: Options): Promise<ExitCode> {
  const { wasm, diagnostics } = reading(context, file, compileFile);
  const fatal = await printFindings(context, diagnostics, { format: 'text', warnings: options.warnings });
  if (fatal || wasm === undefined) return EXIT.no;
  context.input.stdout.write(printWat(wasm));
  return EXIT.ok;
}

function tokens(source: SourceFile): readonly object[] {
  const list = tokenize(source.text).tokens;
  return Array.from({ length: list.count }, (_, index) => {
    const start = list.start(index);
    const token = { kind: TOKEN_NAMES.get(list.kind(index)), text: list.textOf(index) };
    return { ...token, ...source.position(start), start, end: list.end(index) };
  });
}

/** JSON has no integers of 64 bits: their digits as text. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
