import { ERROR, INT64, type ParamType, type Type, type VarType } from '../types/type.ts';

/**
 * Most nodes that the type of one expression may have. Sharing lets a few lines describe a type whose tree has 2^n nodes: without a bound,
 * comparing or printing it would not end.
 */
export const MAX_TYPE_NODES = 500;

/** What is known about the types of one function body: unification with variables, which later uses fix. */
export class Unifier {
  #variables = 0;
  #budget = 0;
  /** Whether the last `zonk` met a variable that nothing has fixed yet. */
  open = false;
  /** Whether a type was larger than MAX_TYPE_NODES: then nothing more is said about types here. */
  overflow = false;

  fresh(): VarType {
    return { kind: 'var', id: this.#variables++, link: undefined };
  }

  /** New variables for type parameters. */
  instantiate(params: readonly ParamType[]): Map<ParamType, Type> {
    const by = new Map<ParamType, Type>();
    for (const param of params) by.set(param, this.fresh());
    return by;
  }

  /** Makes two types equal by fixing variables; false where that cannot be. ERROR agrees with everything. */
  unify(a: Type, b: Type): boolean {
    this.#budget = MAX_TYPE_NODES;
    return this.overflow || this.#unify(a, b);
  }

  #unify(left: Type, right: Type): boolean {
    const a = prune(left);
    const b = prune(right);
    if (a === b) return true;
    if (a.kind === 'var') return this.#bind(a, b);
    if (b.kind === 'var') return this.#bind(b, a);
    if (a.kind === 'error' || b.kind === 'error') return true;
    if (this.#spent()) return true;
    if (a.kind === 'con') return b.kind === 'con' && a.con === b.con && this.#unifyAll(a.args, b.args);
    if (a.kind === 'param' || b.kind !== 'function') return false;
    return this.#unifyAll(a.params, b.params) && this.#unify(a.result, b.result);
  }

  #unifyAll(a: readonly Type[], b: readonly Type[]): boolean {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!this.#unify(a[i] ?? ERROR, b[i] ?? ERROR)) return false;
    return true;
  }

  #bind(variable: VarType, type: Type): boolean {
    if (this.#occurs(variable, type)) return false;
    variable.link = type;
    return true;
  }

  #occurs(variable: VarType, type: Type): boolean {
    const at = prune(type);
    if (at === variable) return true;
    if (at.kind === 'con') return at.args.length > 0 && !this.#spent() && this.#occursIn(variable, at.args);
    if (at.kind !== 'function' || this.#spent()) return false;
    return this.#occursIn(variable, at.params) || this.#occurs(variable, at.result);
  }

  #occursIn(variable: VarType, types: readonly Type[]): boolean {
    for (const type of types) if (this.#occurs(variable, type)) return true;
    return false;
  }

  /** Replaces variables that are fixed; answers the same object where there are none. Sets `open`. */
  zonk(type: Type): Type {
    this.#budget = MAX_TYPE_NODES;
    this.open = false;
    return this.#zonk(type, false);
  }

  /** As `zonk`, and a variable that nothing fixed becomes Int64, here and everywhere. */
  close(type: Type): Type {
    this.#budget = MAX_TYPE_NODES;
    return this.#zonk(type, true);
  }

  #zonk(type: Type, closing: boolean): Type {
    const at = prune(type);
    if (at.kind === 'var') {
      if (!closing) this.open = true;
      else at.link = INT64;
      return closing ? INT64 : at;
    }
    if (at.kind === 'con') {
      if (at.args.length === 0) return at;
      if (this.#spent()) return ERROR;
      const args = this.#zonkAll(at.args, closing);
      return args === at.args ? at : { kind: 'con', con: at.con, args };
    }
    if (at.kind !== 'function') return at;
    if (this.#spent()) return ERROR;
    const params = this.#zonkAll(at.params, closing);
    const result = this.#zonk(at.result, closing);
    return params === at.params && result === at.result ? at : { kind: 'function', params, result };
  }

  #zonkAll(types: readonly Type[], closing: boolean): readonly Type[] {
    let out: Type[] | undefined;
    for (let i = 0; i < types.length; i++) {
      const type = types[i] ?? ERROR;
      const now = this.#zonk(type, closing);
      if (out === undefined && now !== type) out = types.slice(0, i);
      out?.push(now);
    }
    return out ?? types;
  }

  #spent(): boolean {
    if (--this.#budget >= 0) return false;
    this.overflow = true;
    return true;
  }
}

/** The type itself, or what a variable was fixed to. */
export function prune(type: Type): Type {
  if (type.kind !== 'var' || type.link === undefined) return type;
  let at = type.link;
  while (at.kind === 'var' && at.link !== undefined) at = at.link;
  type.link = at;
  return at;
}

/** Whether a type could be made equal to one that has type parameters, if these stood for anything; fixes nothing. */
export function fits(pattern: Type, type: Type, params: readonly ParamType[]): boolean {
  const a = prune(pattern);
  const b = prune(type);
  if (a === b || a.kind === 'var' || b.kind === 'var' || a.kind === 'error' || b.kind === 'error') return true;
  if (a.kind === 'param') return params.includes(a);
  if (a.kind === 'con') return b.kind === 'con' && a.con === b.con && fitAll(a.args, b.args, params);
  return b.kind === 'function' && fitAll(a.params, b.params, params) && fits(a.result, b.result, params);
}

function fitAll(a: readonly Type[], b: readonly Type[], params: readonly ParamType[]): boolean {
  return a.length === b.length && a.every((type, i) => fits(type, b[i] ?? ERROR, params));
}
