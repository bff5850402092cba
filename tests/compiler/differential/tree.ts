/** Random programs as trees: what the generator makes, the printer writes as Clarity and the evaluator runs. */
export type Ty =
  | { readonly k: 'int' | 'float' | 'bool' | 'str' }
  | { readonly k: 'list' | 'option'; readonly of: Ty }
  | { readonly k: 'result'; readonly of: Ty; readonly error: Ty }
  | { readonly k: 'record'; readonly decl: RecordDecl }
  | { readonly k: 'union'; readonly decl: UnionDecl }
  | { readonly k: 'fn'; readonly params: readonly Ty[]; readonly result: Ty };

export interface Field {
  readonly name: string;
  readonly ty: Ty;
}
export interface RecordDecl {
  readonly name: string;
  readonly fields: readonly Field[];
}
export interface Variant {
  readonly name: string;
  readonly fields: readonly Field[];
}
export interface UnionDecl {
  readonly name: string;
  readonly variants: readonly Variant[];
}

export type BinOp = '+' | '-' | '*' | '/' | '%' | '++' | '==' | '!=' | '<' | '>' | '<=' | '>=' | 'and' | 'or';

export type Expr =
  | { readonly k: 'int'; readonly value: bigint }
  | { readonly k: 'float'; readonly value: number }
  | { readonly k: 'bool'; readonly value: boolean }
  | { readonly k: 'str'; readonly value: string }
  | { readonly k: 'var'; readonly name: string }
  | { readonly k: 'bin'; readonly op: BinOp; readonly of: Ty; readonly left: Expr; readonly right: Expr }
  | { readonly k: 'un'; readonly op: '-' | '!'; readonly of: Ty; readonly e: Expr }
  | { readonly k: 'interp'; readonly parts: readonly (string | Expr)[] }
  | { readonly k: 'list'; readonly items: readonly Expr[] }
  /** Of a builtin or a function of the program; `names` writes the arguments by name, `zero` is what a list gives for an element that it has not. */
  | {
      readonly k: 'call';
      readonly fn: string;
      readonly args: readonly Expr[];
      readonly names?: readonly string[];
      readonly zero?: bigint | number;
    }
  /** Of a function value. */
  | { readonly k: 'apply'; readonly fn: Expr; readonly args: readonly Expr[] }
  | { readonly k: 'record'; readonly fields: readonly { readonly name: string; readonly e: Expr }[] }
  | { readonly k: 'member'; readonly e: Expr; readonly name: string }
  | { readonly k: 'variant'; readonly variant: Variant; readonly args: readonly Expr[]; readonly named: boolean }
  | { readonly k: 'block'; readonly statements: readonly Statement[]; readonly result: Expr }
  | { readonly k: 'match'; readonly on: Expr; readonly arms: readonly Arm[] }
  | { readonly k: 'lambda'; readonly params: readonly Field[]; readonly body: Expr };

export type Statement =
  | { readonly k: 'let'; readonly name: string; readonly mut: boolean; readonly ty: Ty | undefined; readonly e: Expr }
  | { readonly k: 'assign'; readonly name: string; readonly e: Expr }
  | { readonly k: 'drop'; readonly e: Expr };

export interface Arm {
  readonly pattern: Pattern;
  readonly guard: Expr | undefined;
  readonly body: Expr;
}

export type Pattern =
  | { readonly k: 'any' }
  | { readonly k: 'bind'; readonly name: string }
  | { readonly k: 'literal'; readonly value: bigint | number | boolean | string }
  | { readonly k: 'range'; readonly from: bigint; readonly to: bigint }
  | { readonly k: 'variant'; readonly variant: Variant; readonly items: readonly Pattern[]; readonly named: boolean };

export interface Func {
  readonly name: string;
  readonly params: readonly Field[];
  readonly result: Ty;
  readonly body: Expr;
}

export interface Program {
  readonly records: readonly RecordDecl[];
  readonly unions: readonly UnionDecl[];
  readonly constants: readonly { readonly name: string; readonly ty: Ty; readonly e: Expr }[];
  /** Each may call those before it; a loop calls itself, too. */
  readonly functions: readonly Func[];
}

export const INT: Ty = { k: 'int' };
export const FLOAT: Ty = { k: 'float' };
export const BOOL: Ty = { k: 'bool' };
export const STR: Ty = { k: 'str' };

/** The variants of a union type, also of Option and Result. */
export function variantsOf(ty: Ty): readonly Variant[] {
  switch (ty.k) {
    case 'option':
      return [
        { name: 'Some', fields: [{ name: 'value', ty: ty.of }] },
        { name: 'None', fields: [] },
      ];
    case 'result':
      return [
        { name: 'Ok', fields: [{ name: 'value', ty: ty.of }] },
        { name: 'Err', fields: [{ name: 'error', ty: ty.error }] },
      ];
    case 'union':
      return ty.decl.variants;
    default:
      return [];
  }
}

/** A type as it is written; equal types have equal texts. */
export function tyText(ty: Ty): string {
  switch (ty.k) {
    case 'int':
      return 'Int64';
    case 'float':
      return 'Float64';
    case 'bool':
      return 'Bool';
    case 'str':
      return 'String';
    case 'list':
      return `List<${tyText(ty.of)}>`;
    case 'option':
      return `Option<${tyText(ty.of)}>`;
    case 'result':
      return `Result<${tyText(ty.of)}, ${tyText(ty.error)}>`;
    case 'record':
    case 'union':
      return ty.decl.name;
    case 'fn':
      return `(${ty.params.map(tyText).join(', ')}) -> ${tyText(ty.result)}`;
  }
}

/**
 * Functions that are in every program. The evaluator has its own versions of them; `t` prints what it is given, so that the order of
 * evaluation can be seen.
 */
export const PRELUDE = `effect[Log] function t(x: Int64) -> Int64 { print_int(x); x }
effect[Log] function tb(x: Bool) -> Bool { print_string(match x { True -> "yes", False -> "no" }); x }
function id<T>(x: T) -> T { x }
function pick<T>(which: Bool, first: T, second: T) -> T { match which { True -> first, False -> second } }
function map<T, R>(xs: List<T>, f: (T) -> R) -> List<R> { map_go(xs, f, []) }
function map_go<T, R>(xs: List<T>, f: (T) -> R, acc: List<R>) -> List<R> { match is_empty(xs) { True -> acc, False -> map_go(tail(xs), f, append(acc, f(head(xs)))) } }
function filter<T>(xs: List<T>, keep: (T) -> Bool) -> List<T> { match is_empty(xs) { True -> [], False -> { let x = head(xs); let kept = keep(x); let rest = filter(tail(xs), keep); match kept { True -> concat([x], rest), False -> rest } } } }
function fold<T, A>(xs: List<T>, acc: A, f: (A, T) -> A) -> A { match is_empty(xs) { True -> acc, False -> fold(tail(xs), f(acc, head(xs)), f) } }
function times<T>(n: Int64, acc: T, f: (T, Int64) -> T) -> T { match n { k if k <= 0 -> acc, k -> times(k - 1, f(acc, k), f) } }
function first_or<T>(xs: List<T>, other: T) -> T { match is_empty(xs) { True -> other, False -> head(xs) } }
function value_or<T>(o: Option<T>, other: T) -> T { match o { Some(x) -> x, None -> other } }
`;
