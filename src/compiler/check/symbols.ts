import { builtinNamed, type Builtin } from '../builtins/builtin.ts';
import type { ConstantSymbol, FunctionSymbol } from '../typed/typed.ts';
import { OPTION, RESULT, type ParamType, type RecordDecl, type Type, type UnionDecl } from '../types/type.ts';

/** What a name in an expression can stand for beside a local. */
export type ValueSymbol =
  | { readonly kind: 'function'; readonly fn: FunctionSymbol }
  | { readonly kind: 'builtin'; readonly builtin: Builtin }
  /** In its own module it can be named from the offset `from` on, which is its end: constants have an order (language.md §5.1). */
  | { readonly kind: 'constant'; readonly constant: ConstantSymbol; readonly from: number }
  | { readonly kind: 'variant'; readonly union: UnionDecl; readonly variant: number }
  | UnknownSymbol;

/** What a name in a type can stand for beside a type parameter and a scalar or container. */
export type TypeSymbol =
  | { readonly kind: 'nominal'; readonly decl: RecordDecl | UnionDecl }
  | { readonly kind: 'alias'; readonly params: readonly ParamType[]; type: Type }
  | UnknownSymbol;

/** The name of something that was reported where it is declared or imported. */
export interface UnknownSymbol {
  readonly kind: 'unknown';
}

export const UNKNOWN: UnknownSymbol = { kind: 'unknown' };

const variantsOf = (union: UnionDecl) =>
  union.variants.map(({ name }, variant) => [name, { kind: 'variant', union, variant }] as const);
const builtIn = new Map<string, ValueSymbol>([...variantsOf(OPTION), ...variantsOf(RESULT)]);

/** A builtin, or a variant of Option or Result: what every module has in scope without an import. */
export function builtInSymbol(name: string): ValueSymbol | undefined {
  const known = builtIn.get(name);
  if (known !== undefined) return known;
  const builtin = builtinNamed(name);
  if (builtin === undefined) return undefined;
  const symbol: ValueSymbol = { kind: 'builtin', builtin };
  builtIn.set(name, symbol);
  return symbol;
}
