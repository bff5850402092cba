/**
 * The types of Clarity (language.md §3). Built-in scalars, List and Map are constructors without a declaration; Option and Result are unions
 * that are always there. Nominal types are equal when their declaration is the same object and their arguments are equal.
 */
export type Type = ConType | FunctionType | ParamType | VarType | ErrorType;

export interface ConType {
  readonly kind: 'con';
  readonly con: TypeConstructor;
  /** As many as the constructor has parameters. */
  readonly args: readonly Type[];
}
/** `(A, B) -> R`; carries neither effects nor names. */
export interface FunctionType {
  readonly kind: 'function';
  readonly params: readonly Type[];
  readonly result: Type;
}
/** A type parameter inside of the declaration that binds it: rigid. Equal only to itself (the same object). */
export interface ParamType {
  readonly kind: 'param';
  readonly name: string;
}
/** A unification variable; lives only inside of the checker, never in a typed program. */
export interface VarType {
  readonly kind: 'var';
  readonly id: number;
  link: Type | undefined;
}
/** The type of what was already reported; agrees with every type. Never in a typed program. */
export interface ErrorType {
  readonly kind: 'error';
}

export type TypeConstructor = Scalar | Container | RecordDecl | UnionDecl;
export type ScalarName = 'Int64' | 'Float64' | 'Bool' | 'String' | 'Bytes' | 'Timestamp' | 'Unit';
export interface Scalar {
  readonly kind: 'scalar';
  readonly name: ScalarName;
}
/** List<T> or Map<K, V>. */
export interface Container {
  readonly kind: 'container';
  readonly name: 'List' | 'Map';
}
interface NominalBase {
  readonly name: string;
  /** Name of the declaring module; empty for Option and Result. */
  readonly module: string;
  /** Unique in a compilation, in order of declaration; 0 is Option, 1 is Result. */
  readonly id: number;
  readonly params: readonly ParamType[];
  readonly doc?: string;
}
/** Fields in declaration order, which is their order in memory. Filled after every type of the program has its name: types may be recursive. */
export interface RecordDecl extends NominalBase {
  readonly kind: 'record';
  fields: readonly FieldDecl[];
}
export interface UnionDecl extends NominalBase {
  readonly kind: 'union';
  /** The index is the tag. */
  variants: readonly VariantDecl[];
}
export interface VariantDecl {
  readonly name: string;
  readonly fields: readonly FieldDecl[];
  readonly doc?: string;
}
export interface FieldDecl {
  readonly name: string;
  readonly type: Type;
  readonly doc?: string;
}

const scalar = (name: ScalarName): ConType => ({ kind: 'con', con: { kind: 'scalar', name }, args: [] });

export const INT64 = scalar('Int64');
export const FLOAT64 = scalar('Float64');
export const BOOL = scalar('Bool');
export const STRING = scalar('String');
const BYTES = scalar('Bytes');
export const TIMESTAMP = scalar('Timestamp');
export const UNIT = scalar('Unit');
export const ERROR: ErrorType = { kind: 'error' };

export const SCALARS: Readonly<Record<ScalarName, ConType>> = {
  Int64: INT64,
  Float64: FLOAT64,
  Bool: BOOL,
  String: STRING,
  Bytes: BYTES,
  Timestamp: TIMESTAMP,
  Unit: UNIT,
};

export const LIST: Container = { kind: 'container', name: 'List' };
export const MAP: Container = { kind: 'container', name: 'Map' };

const T: ParamType = { kind: 'param', name: 'T' };
const E: ParamType = { kind: 'param', name: 'E' };
const value: FieldDecl = { name: 'value', type: T };

export const OPTION: UnionDecl = {
  kind: 'union',
  name: 'Option',
  module: '',
  id: 0,
  params: [T],
  variants: [
    { name: 'Some', fields: [value] },
    { name: 'None', fields: [] },
  ],
};
export const RESULT: UnionDecl = {
  kind: 'union',
  name: 'Result',
  module: '',
  id: 1,
  params: [T, E],
  variants: [
    { name: 'Ok', fields: [value] },
    { name: 'Err', fields: [{ name: 'error', type: E }] },
  ],
};

export const listOf = (element: Type): ConType => ({ kind: 'con', con: LIST, args: [element] });
export const mapOf = (key: Type, item: Type): ConType => ({ kind: 'con', con: MAP, args: [key, item] });
export const optionOf = (inner: Type): ConType => ({ kind: 'con', con: OPTION, args: [inner] });
export const resultOf = (ok: Type, error: Type): ConType => ({ kind: 'con', con: RESULT, args: [ok, error] });

/** Replaces type parameters; answers the same object where nothing changes. A parameter without an entry stays. */
export function substitute(type: Type, by: ReadonlyMap<ParamType, Type>): Type {
  if (by.size === 0) return type;
  switch (type.kind) {
    case 'param':
      return by.get(type) ?? type;
    case 'con': {
      if (type.args.length === 0) return type;
      const args = substituteAll(type.args, by);
      return args === type.args ? type : { kind: 'con', con: type.con, args };
    }
    case 'function': {
      const params = substituteAll(type.params, by);
      const result = substitute(type.result, by);
      return params === type.params && result === type.result ? type : { kind: 'function', params, result };
    }
    case 'var':
      return type.link === undefined ? type : substitute(type.link, by);
    case 'error':
      return type;
  }
}

function substituteAll(types: readonly Type[], by: ReadonlyMap<ParamType, Type>): readonly Type[] {
  const out = types.map((type) => substitute(type, by));
  return out.some((type, i) => type !== types[i]) ? out : types;
}

/** The substitution that gives `params` the types `args`, pairwise. */
export function bindings(params: readonly ParamType[], args: readonly Type[]): ReadonlyMap<ParamType, Type> {
  return new Map(params.map((param, i) => [param, args[i] ?? ERROR]));
}

/** A type as it is written: `Map<String, List<Int64>>`, `(Int64) -> Bool`; `_` for what is not known. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'con':
      return type.args.length === 0 ? type.con.name : `${type.con.name}<${type.args.map(typeName).join(', ')}>`;
    case 'function':
      return `(${type.params.map(typeName).join(', ')}) -> ${typeName(type.result)}`;
    case 'param':
      return type.name;
    case 'var':
      return type.link === undefined ? '_' : typeName(type.link);
    case 'error':
      return '_';
  }
}
