import type { Builtin, EffectName } from '../builtins/builtin.ts';
import type { SourceFile, Span } from '../source/source-file.ts';
import type { ParamType, RecordDecl, Type, UnionDecl } from '../types/type.ts';

/**
 * The program after checking: names are objects, every expression has its type, nothing is left to infer. Types may mention the type
 * parameters of the enclosing function (kind `param`); `var` and `error` do not occur.
 */
export interface TypedProgram {
  /** In dependency order: the entry module is the last. */
  readonly modules: readonly TypedModule[];
  readonly entry: TypedModule;
}

export interface TypedModule {
  readonly name: string;
  readonly source: SourceFile;
  readonly doc?: string;
  /** In source order. */
  readonly functions: readonly FunctionSymbol[];
  readonly constants: readonly ConstantSymbol[];
  readonly types: readonly (RecordDecl | UnionDecl)[];
}

export interface FunctionSymbol {
  readonly name: string;
  /** Name of the declaring module. */
  readonly module: string;
  readonly source: SourceFile;
  /** Of the name in the declaration. */
  readonly span: Span;
  readonly exported: boolean;
  readonly doc?: string;
  /** Declared set, sorted, without repetition. */
  readonly effects: readonly EffectName[];
  readonly typeParams: readonly ParamType[];
  readonly params: readonly Local[];
  readonly result: Type;
  /** Set when the body has been checked. */
  body: TypedExpr;
}

export interface ConstantSymbol {
  readonly name: string;
  readonly module: string;
  readonly exported: boolean;
  readonly type: Type;
  value: TypedExpr;
}

/** A parameter, a let, a pattern variable or a lambda parameter; each binding is an object of its own, so that shadowing needs no names. */
export interface Local {
  readonly name: string;
  readonly type: Type;
  readonly mutable: boolean;
}

/** `start`/`end` are offsets in the file of the function that the expression stands in. */
interface Typed extends Span {
  readonly type: Type;
}

export type TypedExpr = Typed &
  (
    | { readonly kind: 'int'; /** In the range of Int64. */ readonly value: bigint }
    | { readonly kind: 'float'; readonly value: number }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'bool'; readonly value: boolean }
    | { readonly kind: 'local'; readonly local: Local }
    | { readonly kind: 'constant'; readonly constant: ConstantSymbol }
    /** A named function as a value; `typeArgs` fix its type parameters. */
    | { readonly kind: 'function'; readonly fn: FunctionSymbol; readonly typeArgs: readonly Type[] }
    | { readonly kind: 'builtin'; readonly builtin: Builtin; readonly typeArgs: readonly Type[] }
    /** A variant with fields as a function value. */
    | { readonly kind: 'constructor'; readonly union: UnionDecl; readonly variant: number }
    /** A variant applied to its fields (none for a nullary one). The type is the union with its arguments. */
    | {
        readonly kind: 'variant';
        readonly union: UnionDecl;
        readonly variant: number;
        readonly fields: readonly Placed[];
      }
    /** The type is the record with its arguments. */
    | { readonly kind: 'record'; readonly record: RecordDecl; readonly fields: readonly Placed[] }
    | { readonly kind: 'field'; readonly object: TypedExpr; readonly record: RecordDecl; readonly index: number }
    | { readonly kind: 'list'; readonly items: readonly TypedExpr[] }
    | {
        readonly kind: 'call';
        readonly fn: FunctionSymbol;
        readonly typeArgs: readonly Type[];
        readonly args: readonly Placed[];
      }
    | {
        readonly kind: 'call-builtin';
        readonly builtin: Builtin;
        readonly typeArgs: readonly Type[];
        readonly args: readonly Placed[];
      }
    | { readonly kind: 'call-value'; readonly callee: TypedExpr; readonly args: readonly TypedExpr[] }
    | { readonly kind: 'negate'; /** Int64 or Float64. */ readonly operand: TypedExpr }
    | { readonly kind: 'not'; readonly operand: TypedExpr }
    /** Both operands Int64 or both Float64; wraps, traps on zero (language.md §7.2). */
    | {
        readonly kind: 'arithmetic';
        readonly operator: '+' | '-' | '*' | '/' | '%';
        readonly left: TypedExpr;
        readonly right: TypedExpr;
      }
    /** Two operands of one comparable type: `operand` gives it (it may be a type parameter: then each instance is checked). */
    | {
        readonly kind: 'compare';
        readonly operator: '==' | '!=' | '<' | '>' | '<=' | '>=';
        readonly left: TypedExpr;
        readonly right: TypedExpr;
      }
    /** Short-circuits. */
    | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: TypedExpr; readonly right: TypedExpr }
    /** Two or more Strings: chains of `++` and interpolations come flat. */
    | { readonly kind: 'concat'; readonly parts: readonly TypedExpr[] }
    /** Evaluates the statements and drops what they give; no `result` is Unit. */
    | { readonly kind: 'block'; readonly statements: readonly TypedExpr[]; readonly result?: TypedExpr }
    /** `local` is absent for `let _`. Unit. */
    | { readonly kind: 'let'; readonly local?: Local; readonly value: TypedExpr }
    | { readonly kind: 'assign'; readonly local: Local; readonly value: TypedExpr }
    | { readonly kind: 'match'; readonly scrutinee: TypedExpr; readonly arms: readonly TypedArm[] }
    | { readonly kind: 'lambda'; readonly params: readonly Local[]; readonly body: TypedExpr }
  );

/** An argument or a field with the index of its parameter; the list is in written order, which is the order of evaluation. */
export interface Placed {
  readonly index: number;
  readonly value: TypedExpr;
}

export interface TypedArm {
  readonly pattern: TypedPattern;
  readonly guard?: TypedExpr;
  readonly body: TypedExpr;
}

export type TypedPattern =
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'bind'; readonly local: Local }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'range'; readonly from: bigint; readonly to: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** One pattern for each field of the variant, in declaration order. `type` is the union with its arguments. */
  | {
      readonly kind: 'variant';
      readonly union: UnionDecl;
      readonly variant: number;
      readonly type: Type;
      readonly fields: readonly TypedPattern[];
    };
