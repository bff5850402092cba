import { isJsonObject } from '../../shared/json.ts';
import { SCALARS } from '../types/type.ts';
import type { InterfaceType, ModuleInterface } from './interface.ts';

/** Deepest nesting of one type; the checker allows far less. */
const MAX_DEPTH = 500;

type Check = (value: unknown) => boolean;

/**
 * Whether a JSON value is an interface that a host can work by: every member has its shape, every type that is mentioned is there with as
 * many arguments as it takes, and type parameters stand only inside of their types.
 */
export function isModuleInterface(value: unknown): value is ModuleInterface {
  if (!isJsonObject(value) || value['version'] !== 1 || !isText(value['module']) || !optional(isText)(value['doc']))
    return false;
  const { functions, types } = value;
  if (!Array.isArray(types) || !Array.isArray(functions)) return false;
  const known = new Map<string, number>();
  for (const type of types) {
    if (!isTypeHead(type) || known.has(type.name)) return false;
    known.set(type.name, type.params?.length ?? 0);
  }
  const scope = new Scope(known);
  const names = new Set(functions.map((fn: unknown) => (isJsonObject(fn) ? fn['name'] : undefined)));
  if (names.size < functions.length) return false;
  return types.every((type) => isTypeBody(type, scope)) && functions.every((fn) => isFunction(fn, scope));
}

/** What a type may mention. */
class Scope {
  constructor(
    private readonly types: ReadonlyMap<string, number>,
    private readonly params: ReadonlySet<string> = new Set(),
  ) {}

  inside(params: readonly string[]): Scope {
    return new Scope(this.types, new Set(params));
  }

  isRef(value: unknown, depth = 0): boolean {
    if (typeof value === 'string') return Object.hasOwn(SCALARS, value);
    if (!isJsonObject(value) || depth > MAX_DEPTH) return false;
    const ref: Check = (inner) => this.isRef(inner, depth + 1);
    if ('list' in value) return ref(value['list']);
    if ('option' in value) return ref(value['option']);
    if ('map' in value) return isPair(value['map'], ref);
    if ('result' in value) return isPair(value['result'], ref);
    if ('param' in value) return isText(value['param']) && this.params.has(value['param']);
    if ('function' in value) {
      const fn = value['function'];
      return isJsonObject(fn) && isList(fn['params'], ref) && ref(fn['result']);
    }
    const { type, args = [] } = value;
    return isText(type) && isList(args, ref) && this.types.get(type) === args.length;
  }
}

function isTypeHead(value: unknown): value is Pick<InterfaceType, 'name' | 'params'> {
  if (!isJsonObject(value) || !isText(value['name']) || !optional(isText)(value['doc'])) return false;
  return optional((params) => isList(params, isText))(value['params']);
}

function isTypeBody(value: unknown, outer: Scope): boolean {
  if (!isJsonObject(value)) return false;
  const { kind, fields, variants, params } = value;
  const scope = outer.inside(Array.isArray(params) ? params.filter(isText) : []);
  const isField: Check = (field) => isNamed(field) && scope.isRef(field['type']);
  if (kind === 'record') return isList(fields, isField);
  return kind === 'union' && isList(variants, (variant) => isNamed(variant) && isList(variant['fields'], isField));
}

function isFunction(value: unknown, scope: Scope): boolean {
  if (!isNamed(value) || typeof value['exported'] !== 'boolean') return false;
  const isParam: Check = (param) => isNamed(param) && scope.isRef(param['type']);
  return isList(value['params'], isParam) && scope.isRef(value['result']) && isList(value['effects'], isText);
}

function isNamed(value: unknown): value is Readonly<Record<string, unknown>> {
  return isJsonObject(value) && isText(value['name']) && optional(isText)(value['doc']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isList(value: unknown, item: Check): value is readonly unknown[] {
  return Array.isArray(value) && value.every(item);
}

function isPair(value: unknown, item: Check): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(item);
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}
