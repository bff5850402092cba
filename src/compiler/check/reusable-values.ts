import type { Local, TypedExpr } from '../typed/typed.ts';
import type { Type, VarType } from '../types/type.ts';
import type { Body } from './body.ts';
import { prune } from './unifier.ts';

/**
 * Lets whose value holds nothing of a type that is not known yet: `let none = None` serves every Option, as `None` itself does
 * (language.md §5.2, §5.3). The first use gives the local its type, each further one has a type of its own: all of them are the same in memory.
 */
export class ReusableValues {
  /** The type with variables that nothing else knows. */
  readonly #known = new Map<Local, { readonly type: Type; /** Not used so far. */ first: boolean }>();

  constructor(private readonly body: Body) {}

  /** To be asked about the local of every `let` that is not mutable and has no annotation. */
  define(local: Local, value: TypedExpr): void {
    if (!isEmptyOf(this.body, value)) return;
    if (this.body.isOpen(local.type)) this.#known.set(local, { type: this.#copy(local.type), first: true });
  }

  /** The type of a local where it is used. */
  use(local: Local): Type {
    const known = this.#known.get(local);
    if (known === undefined) return local.type;
    if (!known.first) return this.#copy(known.type);
    known.first = false;
    return local.type;
  }

  #copy(type: Type): Type {
    return withFresh(this.body, this.body.unifier.zonk(type), new Map());
  }
}

/** True for `[]`, `None` and the like, and for variants that hold only such values and values of known types. */
function isEmptyOf(body: Body, value: TypedExpr): boolean {
  if (value.kind === 'list') return value.items.length === 0;
  if (value.kind !== 'variant') return false;
  return value.fields.every(({ value: field }) => isEmptyOf(body, field) || !body.isOpen(field.type));
}

function withFresh(body: Body, type: Type, by: Map<VarType, Type>): Type {
  const at = prune(type);
  if (at.kind === 'var') {
    const known = by.get(at) ?? body.unifier.fresh();
    by.set(at, known);
    return known;
  }
  if (at.kind === 'con')
    return at.args.length === 0
      ? at
      : { kind: 'con', con: at.con, args: at.args.map((arg) => withFresh(body, arg, by)) };
  if (at.kind !== 'function') return at;
  const params = at.params.map((param) => withFresh(body, param, by));
  return { kind: 'function', params, result: withFresh(body, at.result, by) };
}
