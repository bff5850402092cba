import { describeInterface } from './interface/describe.ts';
import type { ModuleInterface } from './interface/interface.ts';
import { checkProgram } from './check/check-program.ts';
import { Reporter, type CompilerDiagnostic } from './diagnostics/reporter.ts';
import { lowerProgram } from './lower/lower-program.ts';
import { loadProgram } from './modules/load-program.ts';
import type { FoundModule, ModuleResolver } from './source/resolver.ts';
import type { TypedProgram } from './typed/typed.ts';
import { emitModule } from './wasm/emit-module.ts';

export interface CheckResult {
  /** Errors, then warnings: files in the order of their imports, inside a file by place. */
  readonly diagnostics: readonly CompilerDiagnostic[];
  /** Undefined when there is an error. */
  readonly program?: TypedProgram;
}

export interface CompileResult extends CheckResult {
  /** Undefined when there is an error. The same input gives the same bytes. */
  readonly wasm?: Uint8Array;
  readonly interface?: ModuleInterface;
}

/** Parses and checks the entry and all that it imports. Never throws for what a source text holds. */
export function check(entry: FoundModule, resolver: ModuleResolver): CheckResult {
  const report = new Reporter();
  const program = checkProgram(loadProgram(entry, resolver, report), report);
  const diagnostics = report.sorted();
  return report.errors > 0 ? { diagnostics } : { diagnostics, program };
}

/** Compiles the entry and all that it imports into one wasm module (abi.md). Never throws for what a source text holds. */
export function compile(entry: FoundModule, resolver: ModuleResolver): CompileResult {
  const report = new Reporter();
  const program = checkProgram(loadProgram(entry, resolver, report), report);
  const made = report.errors > 0 ? undefined : generate(program, report);
  const diagnostics = report.sorted();
  return made === undefined ? { diagnostics } : { diagnostics, program, ...made };
}

/** The wasm of a program without errors; undefined, and reported, where it cannot be made: an instance that is wrong or endless, or a limit of wasm. */
function generate(
  program: TypedProgram,
  report: Reporter,
): Pick<Required<CompileResult>, 'wasm' | 'interface'> | undefined {
  const core = lowerProgram(program, report);
  if (report.errors > 0) return undefined;
  const description = describeInterface(program);
  const emitted = emitModule(core, description);
  if ('wasm' in emitted) return { wasm: emitted.wasm, interface: description };
  report.report('too-large', program.entry.source, { start: 0, end: 0 }, emitted.tooLarge);
  return undefined;
}
