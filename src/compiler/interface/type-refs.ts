import { OPTION, RESULT, type RecordDecl, type Type, type UnionDecl } from '../types/type.ts';
import type { TypeRef } from './interface.ts';

export type NominalDecl = RecordDecl | UnionDecl;

/** The types of an interface: every record and union that the given types mention, directly or through each other. */
export class TypeRefs {
  /** In order of declaration. */
  readonly types: readonly NominalDecl[];
  readonly #names = new Map<NominalDecl, string>();

  constructor(roots: readonly Type[]) {
    this.types = [...reachable(roots)].sort((a, b) => a.id - b.id);
    const plain = countBy(this.types, (decl) => decl.name);
    const used = new Map<string, number>();
    for (const decl of this.types) {
      const name = plain.get(decl.name) === 1 ? decl.name : `${decl.module}.${decl.name}`;
      const use = (used.get(name) ?? 0) + 1;
      used.set(name, use);
      this.#names.set(decl, use === 1 ? name : `${name}#${String(use)}`);
    }
  }

  /** Its name, unique in the interface: two modules of one name, even, are told apart by a number. */
  nameOf(decl: NominalDecl): string {
    return this.#names.get(decl) ?? decl.name;
  }

  of(type: Type): TypeRef {
    switch (type.kind) {
      case 'con':
        return this.#constructed(type.con, type.args);
      case 'function':
        return { function: { params: type.params.map((param) => this.of(param)), result: this.of(type.result) } };
      case 'param':
        return { param: type.name };
      case 'var':
        return type.link === undefined ? 'Unit' : this.of(type.link);
      case 'error':
        return 'Unit';
    }
  }

  #constructed(con: Extract<Type, { kind: 'con' }>['con'], args: readonly Type[]): TypeRef {
    if (con.kind === 'scalar') return con.name;
    const refs = args.map((arg) => this.of(arg));
    const [first = 'Unit', second = 'Unit'] = refs;
    if (con.kind === 'container') return con.name === 'List' ? { list: first } : { map: [first, second] };
    if (con === OPTION) return { option: first };
    if (con === RESULT) return { result: [first, second] };
    return refs.length === 0 ? { type: this.nameOf(con) } : { type: this.nameOf(con), args: refs };
  }
}

function reachable(roots: readonly Type[]): ReadonlySet<NominalDecl> {
  const found = new Set<NominalDecl>();
  const work = [...roots];
  for (let type = work.pop(); type !== undefined; type = work.pop()) {
    if (type.kind === 'function') work.push(...type.params, type.result);
    if (type.kind !== 'con') continue;
    const { con } = type;
    work.push(...type.args);
    if (con.kind === 'scalar' || con.kind === 'container' || con === OPTION || con === RESULT || found.has(con))
      continue;
    found.add(con);
    for (const fields of con.kind === 'record' ? [con.fields] : con.variants.map((variant) => variant.fields)) {
      for (const field of fields) work.push(field.type);
    }
  }
  return found;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
