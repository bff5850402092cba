import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { countFindings, renderDiagnostic } from '../../compiler/diagnostics/render-text.ts';
import { readInterface } from '../../compiler/interface/decode.ts';
import type { InterfaceFunction, ModuleInterface } from '../../compiler/interface/interface.ts';
import { outsideLiterals, type OutsideLiterals } from '../../compiler/typed/outside-literals.ts';
import { asksOf, type Ask } from '../../manifest/index.ts';
import { childEnvironment } from '../../process/index.ts';
import { errorMessage } from '../../shared/errors.ts';
import { checkFile, compileFile } from '../../toolchain/compile-file.ts';
import { CliError, EXIT, systemMessage } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { displayPath } from '../display-path.ts';
import { readable } from '../list-files.ts';
import { runExternal } from '../run-external.ts';

/** What is known of a program before any daemon has seen it. */
export interface InspectedProgram {
  readonly wasm: Uint8Array;
  /** Of its imports. */
  readonly asks: readonly Ask[];
  /** Absent where only a compiled module is there, or our compiler does not understand the source. */
  readonly literals?: OutsideLiterals;
  /** Functions that become tools; absent where the module does not describe itself. */
  readonly tools?: readonly string[];
  /** Canonical paths of the files that it was made of. */
  readonly inputs: ReadonlySet<string>;
}

/**
 * Compiles a source file, with `compiler` where one is named, and reads what it asks for. Its errors are printed on stderr with their code
 * frames; then, and where it asks for what no service has, CliError (exit 1).
 */
export async function inspectProgram(
  context: CommandContext,
  file: string,
  compiler?: string,
): Promise<InspectedProgram> {
  const path = resolve(context.input.cwd, file);
  const made =
    compiler === undefined ? compileHere(context, file, path) : await compileOutside(context, path, compiler);
  return { ...inspectModule(file, made.wasm), ...made };
}

/** The same of a compiled module. Throws CliError where it is none, or asks for what no service has. */
export function inspectModule(file: string, wasm: Uint8Array): InspectedProgram {
  const asks = asksOf(importNames(file, wasm));
  const impossible = asks.filter(({ need }) => need === 'terminal' || need === 'port');
  if (impossible.length > 0) throw refusal(file, impossible);
  const description = readInterface(wasm);
  return { wasm, asks, inputs: new Set(), ...(description === undefined ? {} : { tools: toolsOf(description) }) };
}

type Made = Pick<InspectedProgram, 'wasm' | 'literals' | 'inputs'>;

function compileHere(context: CommandContext, file: string, path: string): Made {
  const { wasm, program, diagnostics, inputs } = reading(file, () => compileFile(path));
  if (wasm === undefined || program === undefined) {
    const { warn, paint, input } = context;
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    for (const each of errors) warn(`${renderDiagnostic(each, displayPath(input.cwd, each.source.path), paint)}\n`);
    throw new CliError(EXIT.no, `${file} does not compile: ${countFindings(errors)}`);
  }
  return { wasm, literals: outsideLiterals(program), inputs: new Set(inputs.keys()) };
}

/** `COMMAND compile FILE -o OUT`; what it prints goes to stderr, because stdout is our answer's. */
async function compileOutside({ input, signal }: CommandContext, path: string, compiler: string): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), 'clarityctl-add-'));
  try {
    const output = join(folder, 'program.wasm');
    const args = ['compile', path, '-o', output];
    const env = childEnvironment(input.env, [], {});
    const outside = { program: compiler, args, env, instance: 'clarityctl:add' };
    const { code } = await runExternal({ ...input, stdout: input.stderr }, signal, outside);
    if (code !== 0) throw new CliError(EXIT.no, `${compiler} compile ended with ${String(code ?? 'a signal')}`);
    const wasm = await readable(output, () => readFile(output));
    const { program, inputs } = reading(path, () => checkFile(path));
    const known = program === undefined ? {} : { literals: outsideLiterals(program) };
    return { wasm, inputs: new Set(inputs.keys()), ...known };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new CliError(EXIT.usage, `cannot read ${file}: ${systemMessage(cause)}`, { cause });
  }
}

function importNames(file: string, wasm: Uint8Array): readonly string[] {
  try {
    return WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  } catch (cause) {
    throw new CliError(EXIT.no, `${file} is no WebAssembly module: ${errorMessage(cause)}`, { cause });
  }
}

/** surfaces.md, MCP: those marked export, or all where none is; tests never. */
function toolsOf({ functions }: ModuleInterface): readonly string[] {
  const callable = functions.filter(({ effects }) => !effects.includes('Test'));
  const marked = functions.some(({ exported }: InterfaceFunction) => exported);
  return callable.filter(({ exported }) => exported || !marked).map(({ name }) => name);
}

function refusal(file: string, asks: readonly Ask[]): CliError {
  const reasons = asks.map(({ need, imports }) => {
    const why = need === 'terminal' ? 'a service has no terminal' : 'a service opens no port of its own';
    return `it calls ${imports.join(', ')}: ${why}`;
  });
  return new CliError(EXIT.no, `${file} cannot be a service: ${reasons.join('; ')}`, {
    hint: 'Run it with clarityc run, or leave those calls out.',
  });
}
