import type { InterfaceField, InterfaceType, TypeRef } from '../../../compiler/interface/interface.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { substitute, type TypeArguments } from '../../../wasm-host/marshal/type-arguments.ts';
import { docText } from './doc-text.ts';
import { anyOf, SCALAR_SCHEMAS, tagged, withDoc } from './schema-parts.ts';
import { typeText } from './type-text.ts';

/** Parts of all schemas of one tool: an inlined type can be very much larger than its declaration. */
const MAX_PARTS = 3_000;
const MAX_DEPTH = 100;
/** Characters of a type as it is written: one that holds itself with larger arguments has no end. */
const MAX_NAME = 4_000;

/** The schema would be too large, or have no end. */
export class SchemaTooLarge extends Error {}

/**
 * JSON Schemas of Clarity types, as `toJson` writes their values (`output`) or `fromJson` takes them (`input`): records and unions inline, a
 * `$ref` only where a type holds itself. Throws SchemaTooLarge.
 */
export class TypeSchemas {
  readonly #types: ReadonlyMap<string, InterfaceType>;
  readonly #direction: 'input' | 'output';
  /** By the text of the reference: the name under `$defs` of a type that holds itself. */
  readonly #names = new Map<string, string>();
  readonly #defs = new Map<string, JsonObject>();
  /** Types that are being written. */
  readonly #open = new Set<string>();
  #parts = 0;

  constructor(types: ReadonlyMap<string, InterfaceType>, direction: 'input' | 'output') {
    this.#types = types;
    this.#direction = direction;
  }

  of(ref: TypeRef): JsonObject {
    if (++this.#parts > MAX_PARTS || this.#open.size > MAX_DEPTH) throw new SchemaTooLarge();
    if (typeof ref === 'string') return SCALAR_SCHEMAS[ref];
    if ('list' in ref) return { type: 'array', items: this.of(ref.list) };
    if ('map' in ref) return this.#map(ref.map);
    if ('option' in ref) return this.#option(ref.option);
    if ('result' in ref) {
      const [ok, err] = ref.result;
      return anyOf([tagged('ok', this.of(ok)), tagged('err', this.of(err))]);
    }
    // Functions with function values are not listed; parameters were put in.
    if ('function' in ref || 'param' in ref) throw new SchemaTooLarge();
    return this.#named(ref);
  }

  /** An object schema of a record, or of anything with such members. */
  members(fields: readonly InterfaceField[], given: TypeArguments = new Map(), doc?: string): JsonObject {
    const typed = fields.map((field) => ({ ...field, type: substitute(field.type, given) }));
    const properties = typed.map(({ name, type, doc: about }) => [name, withDoc(this.of(type), about)] as const);
    const required = typed.filter(({ type }) => this.#direction === 'output' || !isNullable(type));
    return {
      type: 'object',
      ...(doc === undefined ? {} : { description: docText(doc) }),
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required: required.map(({ name }) => name) }),
      additionalProperties: false,
    };
  }

  /** What `$ref`s of the schemas made so far point at: to be put beside the outermost `type`. */
  get definitions(): { readonly $defs?: JsonObject } {
    return this.#defs.size === 0 ? {} : { $defs: Object.fromEntries(this.#defs) };
  }

  /** The schema itself instead of a `$ref` to it. */
  resolved(schema: JsonObject): JsonObject {
    const name = typeof schema.$ref === 'string' ? schema.$ref.slice('#/$defs/'.length) : undefined;
    return (name === undefined ? undefined : this.#defs.get(name)) ?? schema;
  }

  #named(ref: { readonly type: string; readonly args?: readonly TypeRef[] }): JsonObject {
    const key = typeText(ref);
    if (key.length > MAX_NAME) throw new SchemaTooLarge();
    if (this.#open.has(key) && !this.#names.has(key)) this.#names.set(key, this.#freeName(key));
    const known = this.#names.get(key);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const type = this.#types.get(ref.type);
    if (type === undefined) throw new SchemaTooLarge();
    const given = new Map(type.params?.map((param, i) => [param, ref.args?.[i] ?? 'Unit']));
    this.#open.add(key);
    const schema = type.kind === 'record' ? this.members(type.fields, given, type.doc) : this.#union(type, given);
    this.#open.delete(key);
    const name = this.#names.get(key);
    if (name === undefined) return schema;
    this.#defs.set(name, schema);
    return { $ref: `#/$defs/${name}` };
  }

  /** `Chain<Int64>` as `Chain_Int64`, so that a `$ref` needs no escapes. */
  #freeName(key: string): string {
    const name = key.replace(/\W+/g, '_').slice(0, 60);
    const taken = new Set(this.#names.values());
    for (let i = 2; ; i++) {
      const free = i === 2 ? name : `${name}_${i - 1}`;
      if (!taken.has(free)) return free;
    }
  }

  #union({ variants, doc }: Extract<InterfaceType, { kind: 'union' }>, given: TypeArguments): JsonObject {
    const bare = variants.filter(({ fields }) => fields.length === 0);
    const documented = bare.some((variant) => variant.doc !== undefined);
    const names = documented
      ? bare.map((variant) => withDoc({ const: variant.name }, variant.doc))
      : bare.length === 0
        ? []
        : [{ type: 'string', enum: bare.map(({ name }) => name) }];
    const full = variants
      .filter(({ fields }) => fields.length > 0)
      .map((variant) => withDoc(tagged(variant.name, this.members(variant.fields, given)), variant.doc));
    return withDoc(anyOf([...names, ...full]), doc);
  }

  #option(ref: TypeRef): JsonObject {
    const inner = this.of(ref);
    return anyOf([isNullable(ref) ? tagged('Some', inner) : inner, { type: 'null' }]);
  }

  #map([key, value]: readonly [TypeRef, TypeRef]): JsonObject {
    const names =
      key === 'Int64' || key === 'Timestamp'
        ? { propertyNames: { pattern: '^-?\\d{1,19}$' } }
        : key === 'Bool'
          ? { propertyNames: { enum: ['true', 'false'] } }
          : {};
    return { type: 'object', ...names, additionalProperties: this.of(value) };
  }
}

/** Whether null is one of its values. */
export function isNullable(ref: TypeRef): boolean {
  return ref === 'Unit' || (typeof ref !== 'string' && 'option' in ref);
}
