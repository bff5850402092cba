import { EXIT, type ExitCode } from '../../cli/cli-error.ts';
import { renderJson, renderJsonLine } from '../../cli/output/format.ts';
import type { CompileResult } from '../../compiler/compile.ts';
import { locate } from '../../compiler/diagnostics/located.ts';
import { compileFile } from '../../toolchain/compile-file.ts';
import { instantiate } from '../../wasm-host/instantiate.ts';
import { runTests, type TestResult } from '../../wasm-host/run-tests.ts';
import type { CommandContext } from '../command-context.ts';
import type { Options } from '../commands/test.ts';
import { reading } from '../entry-file.ts';
import { programEnvironment } from '../host/program-environment.ts';
import { printFindings } from '../output/print-findings.ts';
import { testReport } from '../output/test-report.ts';
import { sourceFiles } from '../source-files.ts';

/** What the tests of one file gave; the JSON form of it is language.md §10. */
export interface TestedFile {
  readonly file: string;
  readonly results: readonly (TestResult & { /** `file:line:column`. */ readonly location: string })[];
}

/** The body of `clarityc test`. */
export async function runTest(context: CommandContext, paths: readonly string[], options: Options): Promise<ExitCode> {
  const { json = false, failFast = false } = options;
  const files = await sourceFiles(context, paths);
  const tested: TestedFile[] = [];
  let broken = 0;
  for (const file of files) {
    const compiled = reading(context, file, compileFile);
    const results = compiled.wasm === undefined ? undefined : runFile(context, file, compiled.wasm, compiled, options);
    if (results === undefined) broken++;
    else tested.push({ file, results });
    if (json) context.print((files.length === 1 ? renderJson : renderJsonLine)(jsonOf(file, compiled, results)));
    else if (results === undefined)
      await printFindings(context, compiled.diagnostics, { format: 'text', warnings: 'hide' });
    if (failFast && (results === undefined || results.some(({ status }) => status === 'fail'))) break;
  }
  if (!json) context.print(testReport(tested, broken, context.paint, options.filter));
  const failed = tested.some(({ results }) => results.some(({ status }) => status === 'fail'));
  return failed || broken > 0 ? EXIT.no : EXIT.ok;
}

function runFile(
  context: CommandContext,
  file: string,
  wasm: Uint8Array,
  { program }: CompileResult,
  { json = false, failFast = false, filter }: Options,
): TestedFile['results'] {
  const environment = programEnvironment(context.input, context.settings, []);
  const { stderr } = environment;
  const quiet = json && stderr !== undefined ? { ...environment, stdout: stderr } : environment;
  const results = runTests(instantiate(wasm, quiet), {
    failFast,
    ...(filter === undefined ? {} : { filter: (name) => name.includes(filter) }),
  });
  return results.map((result) => {
    const symbol = program?.entry.functions.find(({ name }) => name === result.name);
    const { line, column } = symbol?.source.position(symbol.span.start) ?? { line: 1, column: 1 };
    return { ...result, location: `${file}:${String(line)}:${String(column)}` };
  });
}

function jsonOf(file: string, { diagnostics }: CompileResult, results: TestedFile['results'] | undefined): object {
  if (results === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map((each) => locate(each, file));
    const rows = errors.map(({ message, line, column, help = null }) => ({ message, line, column, hint: help }));
    return { file, compile_error: true, errors: rows };
  }
  const passed = results.filter(({ status }) => status === 'pass').length;
  return { file, total: results.length, passed, failed: results.length - passed, results };
}
