import type { Core, CoreFunction } from '../core/core.ts';
import type { DiagnosticKind } from '../diagnostics/kinds.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile, Span } from '../source/source-file.ts';
import type { ConstantSymbol, TypedExpr, TypedProgram } from '../typed/typed.ts';
import { GroundTypes, TypeView } from '../types/ground.ts';
import { Layouts } from '../types/layout.ts';
import { Comparability } from './comparability.ts';
import type { Frame } from './frame.ts';
import { Instances } from './instances.ts';

/** How an expression is lowered; handed in, since every part of the lowering needs it. */
export type LowerExpression = (frame: Frame, expr: TypedExpr, tail: boolean) => Core;

/** A place to report at. */
export interface Site {
  readonly source: SourceFile;
  readonly span: Span;
}

/** One lowering: the functions that are wanted so far, each made once, and the types they share. */
export class ProgramLowering {
  readonly types = new GroundTypes();
  readonly layouts = new Layouts(this.types);
  /** Of what has no type parameters. */
  readonly view = new TypeView(this.types, new Map());
  readonly comparability = new Comparability(this.types);
  readonly instances = new Instances(this);
  readonly #jobs: ((id: number) => CoreFunction)[] = [];
  readonly #ids = new Map<string, number>();
  readonly #constantIds = new Map<ConstantSymbol, number>();
  readonly #sources = new Map<ConstantSymbol, SourceFile>();
  readonly #reported = new Map<SourceFile, Set<string>>();

  constructor(
    program: TypedProgram,
    readonly lower: LowerExpression,
    private readonly reporter: Reporter,
  ) {
    for (const module of program.modules) {
      for (const constant of module.constants) this.#sources.set(constant, module.source);
    }
  }

  /** Makes every wanted function, and those that they want; the index is the id. */
  finish(): readonly CoreFunction[] {
    const functions: CoreFunction[] = [];
    for (let id = 0; id < this.#jobs.length; id++) {
      const job = this.#jobs[id];
      if (job !== undefined) functions.push(job(id));
    }
    return functions;
  }

  /** The id of a function that `job` makes later. */
  add(job: (id: number) => CoreFunction): number {
    return this.#jobs.push(job) - 1;
  }

  /** As `add`, once for each key. */
  once(key: string, job: (id: number) => CoreFunction): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.add(job);
    this.#ids.set(key, id);
    return id;
  }

  /** The id of the function that computes a constant. */
  constantId(constant: ConstantSymbol, job: (source: SourceFile) => CoreFunction): number | undefined {
    const known = this.#constantIds.get(constant);
    const source = this.#sources.get(constant);
    if (known !== undefined || source === undefined) return known;
    const id = this.add(() => job(source));
    this.#constantIds.set(constant, id);
    return id;
  }

  /** Reports a finding once for each place, however many instances the place has. */
  report(kind: DiagnosticKind, { source, span }: Site, message: string, help?: string): void {
    const reported = this.#reported.get(source) ?? new Set<string>();
    this.#reported.set(source, reported);
    const key = `${kind} ${String(span.start)} ${String(span.end)}`;
    if (reported.has(key)) return;
    reported.add(key);
    this.reporter.report(kind, source, span, message, help);
  }
}
