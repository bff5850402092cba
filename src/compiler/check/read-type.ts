import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile, Span } from '../source/source-file.ts';
import type { NamedType, TypeExpr } from '../syntax/ast.ts';
import {
  bindings,
  ERROR,
  LIST,
  MAP,
  OPTION,
  RESULT,
  SCALARS,
  substitute,
  type ParamType,
  type ScalarName,
  type Type,
  type TypeConstructor,
} from '../types/type.ts';
import { isMapKey } from './comparable.ts';
import type { ModuleScope } from './module-scope.ts';
import type { Suggestions } from './suggestions.ts';
import type { TypeSymbol } from './symbols.ts';
import { MAX_TYPE_NODES, type Unifier } from './unifier.ts';
import { are } from './wording.ts';

const CONTAINERS: ReadonlyMap<string, { con: TypeConstructor; arity: number }> = new Map([
  ['List', { con: LIST, arity: 1 }],
  ['Map', { con: MAP, arity: 2 }],
  ['Option', { con: OPTION, arity: 1 }],
  ['Result', { con: RESULT, arity: 2 }],
]);

const SPACE = 32;

/** Type parameters in scope, by name. */
export type TypeParams = ReadonlyMap<string, ParamType>;
export const NO_TYPE_PARAMS: TypeParams = new Map();

/** Turns the types of one module, as they are written, into types. What it cannot resolve is reported and becomes ERROR. */
export class TypeReader {
  readonly #reported = new Set<string>();
  #declaration = 0;
  #params: TypeParams = NO_TYPE_PARAMS;
  #infer: Unifier | undefined;

  constructor(
    readonly scope: ModuleScope,
    readonly source: SourceFile,
    readonly report: Reporter,
    readonly suggestions: Suggestions,
    /** Offsets of what did not parse, in order. */
    readonly syntaxErrors: readonly number[],
  ) {}

  /** Whether something in a stretch of the file did not parse: then what it gives is not known. */
  isBroken({ start, end }: Span): boolean {
    if (this.syntaxErrors.length === 0) return false;
    // A missing bracket is reported where the next token stands, or the file ends.
    const last = nextToken(this.source.text, end);
    return this.syntaxErrors.some((at) => at >= start && at <= last);
  }

  /** Starts a declaration, told apart by where it begins: an unknown name is reported once in each. */
  begin(params: TypeParams, declaration: number): void {
    this.#params = params;
    this.#declaration = declaration;
  }

  read(written: TypeExpr): Type {
    if (written.kind === 'named') return this.#named(written);
    const params = written.params.map((param) => this.read(param));
    return { kind: 'function', params, result: this.read(written.result) };
  }

  /** As `read`, for the annotation of a `let`: a generic type without arguments gets variables, which the value fixes. */
  readOpen(written: TypeExpr, unifier: Unifier): Type {
    this.#infer = unifier;
    const type = this.read(written);
    this.#infer = undefined;
    return type;
  }

  #named(written: NamedType): Type {
    const name = written.name.text;
    const param = this.#params.get(name);
    if (param !== undefined) return this.#ignoring(written, param);
    const symbol = this.scope.type(name);
    if (symbol !== undefined) return this.#declared(written, symbol);
    if (Object.hasOwn(SCALARS, name)) return this.#ignoring(written, SCALARS[name as ScalarName]);
    const container = CONTAINERS.get(name);
    if (container === undefined) return this.#unknown(written);
    const { con, arity } = container;
    if (written.args.length !== arity) return this.#wrongCount(written, arity);
    const args = written.args.map((arg) => this.read(arg));
    const [key] = args;
    if (con === MAP && key !== undefined && !isMapKey(key))
      this.report.report(
        'map-key',
        this.source,
        written.args[0] ?? written,
        `The keys of a \`Map\` must be \`String\`, \`Int64\`, \`Timestamp\`, \`Bool\` or \`Float64\`.`,
      );
    return { kind: 'con', con, args };
  }

  #declared(written: NamedType, symbol: TypeSymbol): Type {
    if (symbol.kind === 'unknown') return ERROR;
    const params = symbol.kind === 'alias' ? symbol.params : symbol.decl.params;
    if (params.length === 0)
      return this.#ignoring(
        written,
        symbol.kind === 'alias' ? symbol.type : { kind: 'con', con: symbol.decl, args: [] },
      );
    const infer = written.args.length === 0 ? this.#infer : undefined;
    if (infer === undefined && written.args.length !== params.length) return this.#wrongCount(written, params.length);
    const args =
      infer === undefined ? written.args.map((arg) => this.read(arg)) : params.map((): Type => infer.fresh());
    if (symbol.kind === 'nominal') return { kind: 'con', con: symbol.decl, args };
    return this.sized(substitute(symbol.type, bindings(params, args)), written);
  }

  /** Reports a type that is too large, which aliases can make of a few lines. */
  sized(type: Type, at: Span): Type {
    if (nodesWithin(type, MAX_TYPE_NODES) >= 0) return type;
    this.report.report('too-large', this.source, at, `This type has more than ${MAX_TYPE_NODES} parts.`);
    return ERROR;
  }

  #ignoring(written: NamedType, type: Type): Type {
    if (written.args.length > 0)
      this.report.report(
        'ignored-type-arguments',
        this.source,
        written.name,
        `\`${written.name.text}\` takes no type arguments: these are ignored.`,
        `Write \`${written.name.text}\`.`,
      );
    return type;
  }

  #wrongCount(written: NamedType, wanted: number): Type {
    const name = written.name.text;
    this.report.report(
      'unknown-type',
      this.source,
      written.name,
      `\`${name}\` takes ${wanted} type argument${wanted === 1 ? '' : 's'}, but ${are(written.args.length)} given.`,
      `Write \`${name}<${['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].slice(0, wanted).join(', ')}>\` with types in these places.`,
    );
    return ERROR;
  }

  #unknown({ name, args }: NamedType): Type {
    for (const arg of args) this.read(arg);
    const key = `${this.#declaration} ${name.text}`;
    if (this.#reported.has(key) || this.scope.incomplete) return ERROR;
    this.#reported.add(key);
    const help = this.suggestions.forType(name.text, this.scope, this.#params.keys());
    this.report.report('unknown-type', this.source, name, `There is no type \`${name.text}\`.`, help);
    return ERROR;
  }
}

/** What is left of a number of nodes after those of a type; negative where it has more. */
function nodesWithin(type: Type, budget: number): number {
  let left = budget - 1;
  if (left < 0) return left;
  if (type.kind === 'con') for (const arg of type.args) if ((left = nodesWithin(arg, left)) < 0) return left;
  if (type.kind !== 'function') return left;
  for (const param of type.params) if ((left = nodesWithin(param, left)) < 0) return left;
  return nodesWithin(type.result, left);
}

/** Where the first character stands that is neither a blank nor in a comment; the end of the text where there is none. */
function nextToken(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.charCodeAt(at) > SPACE) return at;
    else at++;
  }
  return at;
}
