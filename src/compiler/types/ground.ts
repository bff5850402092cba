import { UNIT, type ParamType, type RecordDecl, type Type, type TypeConstructor, type UnionDecl } from './type.ts';
import type { Rep } from '../core/core.ts';

/** A type without type parameters, interned: equal types are one object, so that a type is compared and looked up in no time. */
export interface Ground {
  /** In the order in which a compilation meets them. */
  readonly id: number;
  /** Undefined for a function type; its `args` are then its parameters and, last, its result. */
  readonly con: TypeConstructor | undefined;
  readonly args: readonly Ground[];
  /** How its values travel (abi.md §2); null for Unit. */
  readonly rep: Rep | null;
  /** As written: `Map<String, Int64>`; a very long one is cut and ends in `#id`. */
  readonly name: string;
  /** 1 for a type without arguments. */
  readonly depth: number;
}

/** What the type parameters of an instance stand for. */
export type Bindings = ReadonlyMap<ParamType, Ground>;

const MAX_NAME = 120;

/** Every ground type of one compilation. */
export class GroundTypes {
  readonly #plain = new Map<TypeConstructor, Ground>();
  readonly #applied = new Map<string, Ground>();
  readonly #cons = new Map<TypeConstructor | undefined, number>();
  #count = 0;

  /** A constructor without arguments. */
  plain(con: TypeConstructor): Ground {
    const known = this.#plain.get(con);
    if (known !== undefined) return known;
    const made: Ground = { id: this.#count++, con, args: [], rep: repOfConstructor(con), name: con.name, depth: 1 };
    this.#plain.set(con, made);
    return made;
  }

  /** A constructor (undefined: a function type) with its arguments. */
  applied(con: TypeConstructor | undefined, args: readonly Ground[]): Ground {
    if (con !== undefined && args.length === 0) return this.plain(con);
    let key = String(this.#conId(con));
    for (const arg of args) key += `,${String(arg.id)}`;
    const known = this.#applied.get(key);
    if (known !== undefined) return known;
    const id = this.#count++;
    const rep = con === undefined ? 'i32' : repOfConstructor(con);
    const made: Ground = { id, con, args, rep, name: groundName(con, args, id), depth: depthOver(args) };
    this.#applied.set(key, made);
    return made;
  }

  #conId(con: TypeConstructor | undefined): number {
    const known = this.#cons.get(con);
    if (known !== undefined) return known;
    const made = this.#cons.size;
    this.#cons.set(con, made);
    return made;
  }
}

/** The types of one instance: reads types that may mention its type parameters. Every lookup of the same object is remembered. */
export class TypeView {
  readonly #known = new Map<Type, Ground>();

  constructor(
    readonly types: GroundTypes,
    readonly by: Bindings,
  ) {}

  ground(type: Type): Ground {
    if (type.kind === 'con' && type.args.length === 0) return this.types.plain(type.con);
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    const made = this.#make(type);
    this.#known.set(type, made);
    return made;
  }

  grounds(types: readonly Type[]): readonly Ground[] {
    return types.map((type) => this.ground(type));
  }

  /** Only how values of a type travel: needs no interning. */
  rep(type: Type): Rep | null {
    if (type.kind === 'con') return repOfConstructor(type.con);
    return type.kind === 'function' ? 'i32' : this.ground(type).rep;
  }

  #make(type: Type): Ground {
    switch (type.kind) {
      case 'con':
        return this.types.applied(type.con, this.grounds(type.args));
      case 'function':
        return this.types.applied(undefined, this.grounds([...type.params, type.result]));
      case 'param':
        return this.by.get(type) ?? this.types.plain(UNIT.con);
      case 'var':
        return type.link === undefined ? this.types.plain(UNIT.con) : this.ground(type.link);
      case 'error':
        return this.types.plain(UNIT.con);
    }
  }
}

/** The view in which the fields of a nominal type with these arguments are read. */
export function viewOf(types: GroundTypes, decl: RecordDecl | UnionDecl, args: readonly Ground[]): TypeView {
  const by = new Map<ParamType, Ground>();
  decl.params.forEach((param, i) => {
    const arg = args[i];
    if (arg !== undefined) by.set(param, arg);
  });
  return new TypeView(types, by);
}

function repOfConstructor(con: TypeConstructor): Rep | null {
  if (con.kind !== 'scalar') return 'i32';
  switch (con.name) {
    case 'Int64':
    case 'Timestamp':
      return 'i64';
    case 'Float64':
      return 'f64';
    case 'Unit':
      return null;
    default:
      return 'i32';
  }
}

function groundName(con: TypeConstructor | undefined, args: readonly Ground[], id: number): string {
  const names = args.map((arg) => arg.name);
  const result = con === undefined ? names.pop() : undefined;
  const inner = names.join(', ');
  const name = con === undefined ? `(${inner}) -> ${result ?? ''}` : `${con.name}<${inner}>`;
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME)}#${String(id)}`;
}

function depthOver(args: readonly Ground[]): number {
  let deepest = 0;
  for (const arg of args) if (arg.depth > deepest) deepest = arg.depth;
  return deepest + 1;
}
