import type { EffectName } from '../builtins/builtin.ts';
import type { DiagnosticKind } from '../diagnostics/kinds.ts';
import type { FindingSpan } from '../diagnostics/reporter.ts';
import type { Span } from '../source/source-file.ts';
import type { Expr, MatchExpr } from '../syntax/ast.ts';
import type { ConstantSymbol, FunctionSymbol, Local, TypedArm, TypedExpr } from '../typed/typed.ts';
import { ERROR, UNIT, typeName, type Type } from '../types/type.ts';
import { Locals } from './locals.ts';
import type { ModuleScope } from './module-scope.ts';
import type { TypeReader } from './read-type.ts';
import { ReusableValues } from './reusable-values.ts';
import { Unifier } from './unifier.ts';

/** Gives an expression its type. `hint` is the type that the context would like: it chooses among records with equal field names, no more. */
export type Infer = (body: Body, expr: Expr, hint?: Type) => TypedExpr;

/** A place that needs effects which the declaration does not list. */
export interface MissingEffects {
  readonly at: Span;
  /** As it is written in the source: what has the effects. */
  readonly name: string;
  readonly effects: readonly EffectName[];
}

/** A match whose arms are to be compared when all types are known. */
export interface PendingMatch {
  readonly expr: MatchExpr;
  readonly type: Type;
  readonly arms: readonly TypedArm[];
}

/** What may follow from a type declaration that was not read whole. */
const UNSURE = new Set<DiagnosticKind>([
  'no-record-type',
  'field-type',
  'unknown-variant',
  'pattern-arity',
  'not-callable',
]);

/** What is known while the body of one function, or the value of one constant, is checked. */
export class Body {
  readonly unifier = new Unifier();
  readonly locals = new Locals();
  readonly reusable = new ReusableValues(this);
  readonly scope: ModuleScope;
  readonly matches: PendingMatch[] = [];
  /** Run when all is read, before what nothing fixed becomes Int64. */
  readonly beforeClosing: (() => void)[] = [];
  /** Run when every type is known. */
  readonly afterwards: (() => void)[] = [];
  readonly missing: MissingEffects[] = [];
  lambdas = 0;
  #errors = 0;
  #said: Set<string> | undefined;
  readonly #open: { type: Type }[] = [];
  readonly #openArgs: Type[][] = [];

  constructor(
    readonly types: TypeReader,
    /** Declared effects; undefined where one of them is unknown: then nothing is reported as missing. */
    readonly effects: readonly EffectName[] | undefined,
    readonly inferWith: Infer,
    /** Takes the functions that are called outside of lambdas, and the constants that are named there: what evaluation needs. */
    readonly needs: Set<FunctionSymbol | ConstantSymbol> | undefined,
    /** A part of the declaration did not parse: what could be said about the rest would only follow from that. */
    readonly unparsed: boolean,
  ) {
    this.scope = types.scope;
  }

  infer(expr: Expr, hint?: Type): TypedExpr {
    return this.inferWith(this, expr, hint);
  }

  error(kind: DiagnosticKind, at: FindingSpan, message: string, help?: string): void {
    this.#errors++;
    if (this.unparsed || (this.scope.damaged && UNSURE.has(kind))) return;
    this.types.report.report(kind, this.types.source, at, message, help);
  }

  warn(kind: DiagnosticKind, at: Span, message: string, help?: string): void {
    if (!this.unparsed) this.types.report.report(kind, this.types.source, at, message, help);
  }

  /** How many errors this body had so far: to see whether a part of it had one. */
  get errors(): number {
    return this.#errors;
  }

  unify(a: Type, b: Type): boolean {
    return a === b || this.unifier.unify(a, b);
  }

  /** A type as it is written, with what is known by now. */
  show(type: Type): string {
    return typeName(this.unifier.zonk(type));
  }

  /** What stands in a place of the file, shortened to fit into a message. */
  excerpt({ start, end }: Span): string {
    const text = this.types.source.text.slice(start, Math.min(end, start + 60)).replaceAll(/\s+/g, ' ');
    return end - start <= 60 && text.length <= 40 ? text : `${text.slice(0, 39)}…`;
  }

  isOpen(type: Type): boolean {
    this.unifier.zonk(type);
    return this.unifier.open;
  }

  /** Every node passes through here: a type that is not known yet is filled in at the end of the body. */
  typed<const T extends { readonly type: Type }>(node: T): T {
    const { type } = node;
    if (type.kind === 'error' || type.kind === 'param' || (type.kind === 'con' && type.args.length === 0)) return node;
    const known = this.unifier.zonk(type);
    const writable: { type: Type } = node;
    writable.type = this.unifier.overflow ? ERROR : known;
    if (this.unifier.open) this.#open.push(writable);
    return node;
  }

  /** As `typed`, for type arguments. */
  typeArgs(by: ReadonlyMap<unknown, Type>): readonly Type[] {
    const args = [...by.values()];
    if (args.length > 0) this.#openArgs.push(args);
    return args;
  }

  local(name: string, type: Type, mutable: boolean): Local {
    const local = this.typed({ name, type, mutable });
    this.locals.define(local);
    return local;
  }

  /** Whether something is to be said for the first time in this body. */
  once(key: string): boolean {
    this.#said ??= new Set();
    if (this.#said.has(key)) return false;
    this.#said.add(key);
    return true;
  }

  /** Reports an unknown name, once in each body. */
  undefinedName(name: string, at: Span, help?: string): void {
    const lost = this.scope.incomplete || (this.scope.damaged && /^[A-Z]/.test(name));
    if (lost || !this.once(`name ${name}`)) {
      this.#errors++;
      return;
    }
    const known = help ?? this.types.suggestions.forValue(name, this.scope, this.locals.names());
    this.error('undefined-name', at, `There is no \`${name}\` here.`, known);
  }

  /** Notes what evaluation needs. */
  need(symbol: FunctionSymbol | ConstantSymbol): void {
    if (this.lambdas === 0) this.needs?.add(symbol);
  }

  /** Calling, or naming as a value, something with effects needs them to be declared (language.md §6). */
  requireEffects(effects: readonly EffectName[], name: string, at: Span): void {
    if (effects.length === 0) return;
    const { effects: declared, missing } = this;
    if (declared === undefined) return;
    const isNew = (effect: EffectName) =>
      !declared.includes(effect) && !missing.some((known) => known.effects.includes(effect));
    if (effects.some(isNew)) missing.push({ at, name, effects: effects.filter(isNew) });
  }

  /** Stands for an expression that was reported. */
  broken({ start, end }: Span): TypedExpr {
    return { kind: 'block', statements: [], type: ERROR, start, end };
  }

  unit({ start, end }: Span): TypedExpr {
    return { kind: 'block', statements: [], type: UNIT, start, end };
  }

  /** Fills in the types that later uses fixed; what nothing fixed is Int64. Then runs what waited for them. */
  close(): void {
    for (const run of this.beforeClosing) run();
    for (const node of this.#open) node.type = this.unifier.close(node.type);
    for (const args of this.#openArgs)
      for (let i = 0; i < args.length; i++) args[i] = this.unifier.close(args[i] ?? ERROR);
    for (const run of this.afterwards) run();
  }
}
