import type { SourceFile, Span } from '../source/source-file.ts';

/**
 * The tree of one module as it is written (language.md §2). Every node carries its span. A part that could not be parsed stands as a
 * `BrokenDecl` or an `error` expression: the parser has reported it, later phases pass over it in silence.
 */
export interface Module {
  readonly source: SourceFile;
  /** The word after `module`; empty where it is missing (reported). */
  readonly name: string;
  readonly imports: readonly Import[];
  readonly declarations: readonly Declaration[];
  /** The `//` block at the top of the file, above `module`. */
  readonly doc?: string;
}

export interface Name extends Span {
  readonly text: string;
}

export interface Import extends Span {
  readonly names: readonly Name[];
  /** As written: `std/list`, `./lib`. */
  readonly specifier: string;
  readonly specifierSpan: Span;
}

export type Declaration = FunctionDecl | TypeDecl | ConstDecl | BrokenDecl;

interface DeclarationBase extends Span {
  readonly exported: boolean;
  /** The `//` lines directly above the declaration, without their slashes; absent where there are none. */
  readonly doc?: string;
}

/** A declaration that did not parse; its names (as far as they are known) count as defined, of unknown type. */
export interface BrokenDecl extends DeclarationBase {
  readonly kind: 'broken';
  readonly names: readonly string[];
}

export interface FunctionDecl extends DeclarationBase {
  readonly kind: 'function';
  readonly name: Name;
  /** As written, repeated ones too; empty for a pure function. */
  readonly effects: readonly Name[];
  /** The `effect` keyword, where there is one. */
  readonly effectSpan?: Span;
  readonly typeParams: readonly Name[];
  readonly params: readonly Param[];
  readonly result: TypeExpr;
  readonly body: BlockExpr;
}

export interface Param extends Span {
  readonly name: Name;
  readonly type: TypeExpr;
}

export interface ConstDecl extends DeclarationBase {
  readonly kind: 'const';
  readonly name: Name;
  readonly type: TypeExpr;
  readonly value: Expr;
}

export interface TypeDecl extends DeclarationBase {
  readonly kind: 'type';
  readonly name: Name;
  readonly typeParams: readonly Name[];
  readonly definition: RecordDefinition | UnionDefinition | AliasDefinition;
}
export interface RecordDefinition extends Span {
  readonly kind: 'record';
  readonly fields: readonly Field[];
}
export interface UnionDefinition extends Span {
  readonly kind: 'union';
  readonly variants: readonly Variant[];
}
export interface AliasDefinition extends Span {
  readonly kind: 'alias';
  readonly type: TypeExpr;
}
export interface Variant extends Span {
  readonly name: Name;
  readonly fields: readonly Field[];
  readonly doc?: string;
}
export interface Field extends Span {
  readonly name: Name;
  readonly type: TypeExpr;
  readonly doc?: string;
}

export type TypeExpr = NamedType | FunctionType;
export interface NamedType extends Span {
  readonly kind: 'named';
  readonly name: Name;
  readonly args: readonly TypeExpr[];
}
export interface FunctionType extends Span {
  readonly kind: 'function';
  readonly params: readonly TypeExpr[];
  readonly result: TypeExpr;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '++' | '==' | '!=' | '<' | '>' | '<=' | '>=' | 'and' | 'or';

export type Expr =
  | IntLiteral
  | FloatLiteral
  | StringLiteral
  | BoolLiteral
  | Interpolation
  | NameExpr
  | AssignExpr
  | LetExpr
  | UnaryExpr
  | BinaryExpr
  | CallExpr
  | MemberExpr
  | ListExpr
  | RecordExpr
  | BlockExpr
  | MatchExpr
  | LambdaExpr
  | ErrorExpr;

/** Digits as their value, which may lie outside of Int64: the checker reports that. */
export interface IntLiteral extends Span {
  readonly kind: 'int';
  readonly value: bigint;
}
export interface FloatLiteral extends Span {
  readonly kind: 'float';
  readonly value: number;
}
/** With its escapes resolved (language.md §1). */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}
export interface BoolLiteral extends Span {
  readonly kind: 'bool';
  readonly value: boolean;
}
/** `"a${e}b"`: string literals (never empty) and expressions in their order, at least one expression. Each must be a String. */
export interface Interpolation extends Span {
  readonly kind: 'interpolation';
  readonly parts: readonly Expr[];
}
export interface NameExpr extends Span {
  readonly kind: 'name';
  readonly name: string;
}
/** `x = e`, of type Unit. */
export interface AssignExpr extends Span {
  readonly kind: 'assign';
  readonly name: Name;
  readonly value: Expr;
}
/** `let [mut] x[: T] = e`, of type Unit; `_` as the name drops the value. */
export interface LetExpr extends Span {
  readonly kind: 'let';
  readonly name: Name;
  readonly mutable: boolean;
  readonly annotation?: TypeExpr;
  readonly value: Expr;
}
export interface UnaryExpr extends Span {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expr;
}
export interface BinaryExpr extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}
/** Spans from the callee to the closing parenthesis. */
export interface CallExpr extends Span {
  readonly kind: 'call';
  readonly callee: Expr;
  readonly args: readonly Argument[];
}
export interface Argument extends Span {
  readonly name?: Name;
  readonly value: Expr;
}
export interface MemberExpr extends Span {
  readonly kind: 'member';
  readonly object: Expr;
  readonly member: Name;
}
export interface ListExpr extends Span {
  readonly kind: 'list';
  readonly items: readonly Expr[];
}
export interface RecordExpr extends Span {
  readonly kind: 'record';
  /** In written order, at least one. */
  readonly fields: readonly { readonly name: Name; readonly value: Expr }[];
}
/** `{ a; b; c }`: statements, then the value (absent after a trailing `;` and in `{}`: Unit). */
export interface BlockExpr extends Span {
  readonly kind: 'block';
  readonly statements: readonly Expr[];
  readonly result?: Expr;
}
export interface MatchExpr extends Span {
  readonly kind: 'match';
  readonly scrutinee: Expr;
  readonly arms: readonly MatchArm[];
}
export interface MatchArm extends Span {
  readonly pattern: Pattern;
  readonly guard?: Expr;
  readonly body: Expr;
}
export interface LambdaExpr extends Span {
  readonly kind: 'lambda';
  readonly params: readonly Param[];
  readonly body: Expr;
}
/** Stands where no expression could be read. */
export interface ErrorExpr extends Span {
  readonly kind: 'error';
}

export type Pattern = WildcardPattern | BindPattern | LiteralPattern | RangePattern | VariantPattern | ErrorPattern;
export interface WildcardPattern extends Span {
  readonly kind: 'wildcard';
}
/** A bare identifier that does not begin with an upper-case ASCII letter. */
export interface BindPattern extends Span {
  readonly kind: 'bind';
  readonly name: string;
}
export interface LiteralPattern extends Span {
  readonly kind: 'literal';
  readonly value: IntLiteral | FloatLiteral | StringLiteral | BoolLiteral;
}
/** `a..b`, both ends inclusive. */
export interface RangePattern extends Span {
  readonly kind: 'range';
  readonly from: bigint;
  readonly to: bigint;
}
/** `Red`, `Red()`, `Mix(x, level: y)`; `parenthesised` tells the first two apart. */
export interface VariantPattern extends Span {
  readonly kind: 'variant';
  readonly name: Name;
  readonly parenthesised: boolean;
  readonly fields: readonly { readonly name?: Name; readonly pattern: Pattern }[];
}
export interface ErrorPattern extends Span {
  readonly kind: 'error';
}
