import { EFFECTS } from '../../compiler/builtins/builtin.ts';
import { checkProgram } from '../../compiler/check/check-program.ts';
import { Reporter, type CompilerDiagnostic } from '../../compiler/diagnostics/reporter.ts';
import { describeInterface } from '../../compiler/interface/describe.ts';
import { lowerProgram } from '../../compiler/lower/lower-program.ts';
import { loadProgram } from '../../compiler/modules/load-program.ts';
import type { ModuleResolver } from '../../compiler/source/resolver.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import type { TypedExpr, TypedProgram } from '../../compiler/typed/typed.ts';
import { typeName } from '../../compiler/types/type.ts';
import { emitModule } from '../../compiler/wasm/emit-module.ts';
import type { ReplInput } from './read-input.ts';

/** The function that an input becomes. */
export const REPL_FUNCTION = 'repl_input';
const HEADER = `effect[${EFFECTS.join(', ')}] function ${REPL_FUNCTION}() -> Unit {`;

/** An input that compiles. */
export interface ReplProgram {
  /** Type of its value; Unit where it is no expression. */
  readonly type: string;
  /** Undefined for a declaration, which has nothing to run. */
  readonly wasm?: Uint8Array;
  /** Lets later inputs see what this one declares. */
  readonly keep: () => void;
}

/** What the inputs of a session have declared. Each input is a program of its own: the declarations, the lets once more, and the input. */
export class ReplSession {
  readonly #path: string;
  readonly #resolver: ModuleResolver;
  #declarations: readonly ReplInput[] = [];
  #statements: readonly string[] = [];

  /** `path` stands for a file in the folder where imports begin. */
  constructor(path: string, resolver: ModuleResolver) {
    this.#path = path;
    this.#resolver = resolver;
  }

  /** Forgets everything. */
  reset(): void {
    this.#declarations = [];
    this.#statements = [];
  }

  /** The program that an input becomes, or what is wrong with it: findings have their place in the input. */
  compile(input: ReplInput): ReplProgram | readonly CompilerDiagnostic[] {
    const [before, after] = this.#around(input);
    const report = new Reporter();
    const entry = { path: this.#path, text: before + input.text + after };
    const program = checkProgram(loadProgram(entry, this.#resolver, report), report);
    if (report.errors > 0) return placed(report, before.length, input.text);
    const { value, changed } = withResult(program);
    const type = input.kind === 'expression' && value !== undefined ? typeName(value.type) : 'Unit';
    const keep = () => this.#keep(input);
    if (input.kind === 'declaration') return { type, keep };
    const ready = input.kind === 'expression' ? changed : program;
    const core = lowerProgram(ready, report);
    if (report.errors > 0) return placed(report, before.length, input.text);
    const emitted = emitModule(core, describeInterface(ready));
    if ('wasm' in emitted) return { type, keep, wasm: emitted.wasm };
    report.report('too-large', program.entry.source, { start: 0, end: 0 }, emitted.tooLarge);
    return placed(report, before.length, input.text);
  }

  /** The text before and behind the input. */
  #around({ kind, keys }: ReplInput): readonly [string, string] {
    const kept = this.#declarations.filter((each) => !each.keys.some((key) => keys.includes(key)));
    const declarations = ['module Repl', ...kept.map(({ text }) => text), ''].join('\n');
    const body = [HEADER, ...this.#statements.map((text) => `${text}\n;`), ''].join('\n');
    if (kind === 'declaration') return [declarations, `\n${body}}\n`];
    return [`${declarations}${body}${kind === 'expression' ? 'let _ =\n' : ''}`, '\n;\n}\n'];
  }

  #keep(input: ReplInput): void {
    const { kind, keys, text } = input;
    if (kind === 'statement') this.#statements = [...this.#statements, text];
    if (kind !== 'declaration') return;
    const others = this.#declarations.filter((each) => !each.keys.some((key) => keys.includes(key)));
    this.#declarations = [...others, input];
  }
}

/** The value of the last statement, and the program in which it is the result of the input's function: no type has to be written down. */
function withResult(program: TypedProgram): { readonly value: TypedExpr | undefined; readonly changed: TypedProgram } {
  const { entry } = program;
  const target = entry.functions.find(({ name }) => name === REPL_FUNCTION);
  const body = target?.body;
  const last = body?.kind === 'block' ? body.statements.at(-1) : undefined;
  if (target === undefined || body?.kind !== 'block' || last?.kind !== 'let')
    return { value: undefined, changed: program };
  const { value } = last;
  const result = { ...body, type: value.type, statements: body.statements.slice(0, -1), result: value };
  const changed = { ...target, result: value.type, body: result };
  const module = { ...entry, functions: entry.functions.map((each) => (each === target ? changed : each)) };
  const modules = program.modules.map((each) => (each === entry ? module : each));
  return { value, changed: { modules, entry: module } };
}

/** Findings as findings about the input alone. One that lies outside, such as a missing bracket, stands at its nearest end. */
function placed(report: Reporter, offset: number, text: string): readonly CompilerDiagnostic[] {
  const source = new SourceFile('<repl>', text);
  const clamp = (at: number) => Math.min(Math.max(at - offset, 0), text.length);
  const errors = report.sorted().filter(({ severity }) => severity === 'error');
  const inside = errors.filter(({ span }) => span.start >= offset && span.start <= offset + text.length);
  return (inside.length > 0 ? inside : errors.slice(0, 1)).map((each) => ({
    ...each,
    source,
    span: { start: clamp(each.span.start), end: clamp(each.span.end) },
  }));
}
