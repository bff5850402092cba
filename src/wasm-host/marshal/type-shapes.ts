import type { InterfaceField, InterfaceType, ModuleInterface, TypeRef } from '../../compiler/interface/interface.ts';
import { HostError } from '../host-error.ts';
import { sizeOf, type Payload, type Shape, type ShapedField } from './shape.ts';
import { substitute, type TypeArguments } from './type-arguments.ts';

const SCALARS: Readonly<Record<string, Shape>> = {
  Int64: { kind: 'Int64' },
  Float64: { kind: 'Float64' },
  Bool: { kind: 'Bool' },
  String: { kind: 'String' },
  Bytes: { kind: 'Bytes' },
  Timestamp: { kind: 'Timestamp' },
  Unit: { kind: 'Unit' },
};
const FUNCTION: Shape = { kind: 'function' };
/** One that has more parts is not meant seriously: a generic type that holds itself with larger arguments can double them with each level of a value. */
const MAX_PARTS = 2_000;

const NONE: TypeArguments = new Map();

/**
 * Shapes of the types of one module. Each type is resolved once, its fields when they are first asked for: so recursive types end, and a
 * start pays for nothing that no call uses. Throws `bad-module` for a reference that the interface does not explain.
 */
export class TypeShapes {
  readonly #types: ReadonlyMap<string, InterfaceType>;
  readonly #known = new Map<string, Shape>();

  constructor(types: ModuleInterface['types'] = []) {
    this.#types = new Map(types.map((type) => [type.name, type]));
  }

  shapeOf(ref: TypeRef): Shape {
    if (typeof ref === 'string') return SCALARS[ref] ?? fail(`the type \`${ref}\`, which is none`);
    const key = JSON.stringify(ref);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const shape = this.#resolve(ref);
    this.#known.set(key, shape);
    return shape;
  }

  #resolve(ref: Exclude<TypeRef, string>): Shape {
    if ('list' in ref) return lazy({ kind: 'list' as const }, 'element', () => this.shapeOf(ref.list));
    if ('map' in ref) return this.#map(...ref.map);
    if ('option' in ref) return this.#builtin('option', 'Option', [['Some', 'value', ref.option], ['None']]);
    if ('result' in ref) {
      const [ok, error] = ref.result;
      return this.#builtin('result', 'Result', [
        ['Ok', 'value', ok],
        ['Err', 'error', error],
      ]);
    }
    if ('function' in ref) return FUNCTION;
    if ('param' in ref) return fail(`the type parameter \`${ref.param}\` where there is none`);
    return this.#named(ref.type, ref.args ?? []);
  }

  #map(key: TypeRef, value: TypeRef): Shape {
    const shape = lazy({ kind: 'map' as const }, 'key', () => this.shapeOf(key));
    return lazy(shape, 'value', () => this.shapeOf(value));
  }

  #builtin(
    of: 'option' | 'result',
    name: string,
    variants: readonly (readonly [name: string, field?: string, type?: TypeRef])[],
  ): Shape {
    return this.#union(
      of,
      name,
      variants.map(([variant, field, type]) => ({
        name: variant,
        fields: field === undefined || type === undefined ? [] : [{ name: field, type }],
      })),
      NONE,
    );
  }

  #named(name: string, args: readonly TypeRef[]): Shape {
    const type = this.#types.get(name) ?? fail(`the type \`${name}\`, which it does not describe`);
    const params = type.params ?? [];
    if (params.length !== args.length) return fail(`\`${name}\` with ${args.length} type arguments`);
    const given = new Map(params.map((param, i) => [param, args[i] ?? 'Unit']));
    if (type.kind === 'union') return this.#union('type', name, type.variants, given);
    return lazy({ kind: 'record' as const, name }, 'payload', () => this.#payload(type.fields, given));
  }

  #union(
    of: 'option' | 'result' | 'type',
    name: string,
    variants: readonly { readonly name: string; readonly fields: readonly InterfaceField[] }[],
    given: TypeArguments,
  ): Shape {
    const shaped = variants.map((variant) =>
      lazy({ name: variant.name }, 'payload', () => this.#payload(variant.fields, given)),
    );
    return lazy({ kind: 'union' as const, of, name, variants: shaped }, 'size', () =>
      shaped.reduce((size, { payload }) => Math.max(size, 8 + payload.size), 8),
    );
  }

  /** Offsets as in abi.md §2.3. */
  #payload(fields: readonly InterfaceField[], given: TypeArguments): Payload {
    let offset = 0;
    const placed: ShapedField[] = fields.map(({ name, type }) => {
      const concrete = substitute(type, given);
      if (partsOf(concrete, MAX_PARTS) > MAX_PARTS) fail('a type that grows without end');
      const shape = this.shapeOf(concrete);
      const size = sizeOf(shape);
      if (size === 8) offset = Math.ceil(offset / 8) * 8;
      const field = { name, offset, shape };
      offset += size;
      return field;
    });
    return { fields: placed, size: offset };
  }
}

/** A property that is worked out when it is first read. */
function lazy<T extends object, K extends string, V>(object: T, key: K, make: () => V): T & { readonly [P in K]: V } {
  return Object.defineProperty(object, key, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make();
      Object.defineProperty(object, key, { value, enumerable: true });
      return value;
    },
  }) as T & { readonly [P in K]: V };
}

/** How many types a reference mentions; counts no further than a little above `most`. */
function partsOf(ref: TypeRef, most: number): number {
  if (typeof ref === 'string') return 1;
  let parts = 1;
  for (const part of directPartsOf(ref)) {
    if (parts > most) break;
    parts += partsOf(part, most - parts);
  }
  return parts;
}

function directPartsOf(ref: Exclude<TypeRef, string>): readonly TypeRef[] {
  if ('list' in ref) return [ref.list];
  if ('map' in ref) return ref.map;
  if ('option' in ref) return [ref.option];
  if ('result' in ref) return ref.result;
  if ('function' in ref) return [...ref.function.params, ref.function.result];
  return 'param' in ref ? [] : (ref.args ?? []);
}

function fail(what: string): never {
  throw new HostError('bad-module', `The module's interface is not valid: it names ${what}.`);
}
