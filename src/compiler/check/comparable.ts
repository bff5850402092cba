import {
  BOOL,
  ERROR,
  FLOAT64,
  INT64,
  MAP,
  STRING,
  TIMESTAMP,
  type ParamType,
  type RecordDecl,
  type Type,
  type TypeConstructor,
  type UnionDecl,
} from '../types/type.ts';

const KEYS = new Set<TypeConstructor>([STRING.con, INT64.con, TIMESTAMP.con, BOOL.con, FLOAT64.con]);
const ORDERED = new Set<TypeConstructor>([INT64.con, FLOAT64.con, STRING.con, TIMESTAMP.con]);

/** Whether values of a type can be the keys of a Map. What is not known yet, and a type parameter, can. */
export function isMapKey(type: Type): boolean {
  return type.kind === 'con' ? KEYS.has(type.con) : type.kind !== 'function';
}

/** Whether `<` and its like are there for a type. A type parameter is allowed: each instance is checked. */
export function isOrdered(type: Type): boolean {
  return type.kind === 'con' ? ORDERED.has(type.con) : type.kind !== 'function';
}

/** The part of a type that `==` cannot compare (a function or a Map), looking into records and unions; undefined where there is none. */
export function incomparablePart(type: Type): Type | undefined {
  return search(type, new Set());
}

function search(start: Type, seen: Set<RecordDecl | UnionDecl>): Type | undefined {
  const work = [start];
  for (let type = work.pop(); type !== undefined; type = work.pop()) {
    if (type.kind === 'function' || (type.kind === 'con' && type.con === MAP)) return type;
    if (type.kind !== 'con') continue;
    work.push(...type.args);
    const { con } = type;
    if (con.kind === 'scalar' || con.kind === 'container' || seen.has(con)) continue;
    seen.add(con);
    if (con.kind === 'record') for (const field of con.fields) work.push(field.type);
    else for (const variant of con.variants) for (const field of variant.fields) work.push(field.type);
  }
  return undefined;
}

/** The places among the type parameters of a signature that stand for keys of a Map somewhere in it. */
export function keyParams(typeParams: readonly ParamType[], types: readonly Type[]): readonly number[] {
  if (typeParams.length === 0) return [];
  const found = new Set<Type>();
  const work = [...types];
  for (let type = work.pop(); type !== undefined; type = work.pop()) {
    if (type.kind === 'function') work.push(...type.params, type.result);
    if (type.kind !== 'con') continue;
    if (type.con === MAP) found.add(type.args[0] ?? ERROR);
    work.push(...type.args);
  }
  return [...typeParams.keys()].filter((i) => found.has(typeParams[i] ?? ERROR));
}
