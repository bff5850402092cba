import { Buffer } from 'node:buffer';
import type { Json } from '../../shared/json.ts';
import { HostError } from '../host-error.ts';
import { RecordValue, VariantValue, type ClarityValue } from '../value.ts';
import { describe } from './describe.ts';
import type { Payload, Shape, UnionShape } from './shape.ts';
import { shapeName } from './shape.ts';

/** JSON readers give up at some depth, and so do we before them. */
export const MAX_JSON_DEPTH = 1000;

type Members = Record<string, Json>;

/**
 * A value as plain JSON, for tools: Int64 and Timestamp as a number where it is exact, else as decimal text; a Float64 that JSON does not
 * have as `"NaN"`, `"Infinity"`, `"-Infinity"`; Bytes as base64; Unit as null; a Map as an object; None as null and Some as its value, but
 * `{"Some": value}` where the value itself could be null; a Result as `{"ok": value}` or `{"err": error}`; a variant without fields as its
 * name, else `{"Name": {field: value}}`. With `integers` as `text` every Int64 and Timestamp is text. Throws `bad-result` for a value that is
 * nested too deeply or does not have the type.
 */
export function toJson(shape: Shape, value: ClarityValue, integers: Integers = 'numbers'): Json {
  return convert(shape, value, integers, 0);
}

/** How Int64 and Timestamp are written: as numbers where those are exact, or always as text. */
type Integers = 'numbers' | 'text';

function convert(shape: Shape, value: ClarityValue, integers: Integers, depth: number): Json {
  if (depth > MAX_JSON_DEPTH) {
    throw new HostError('bad-result', `The value is nested deeper than ${MAX_JSON_DEPTH} levels, too deep for JSON.`);
  }
  switch (shape.kind) {
    case 'Unit':
      return null;
    case 'function':
      return '<function>';
    case 'list':
      if (Array.isArray(value))
        return value.map((item: ClarityValue) => convert(shape.element, item, integers, depth + 1));
      break;
    case 'map':
      if (value instanceof Map) return objectOf(value, shape.value, integers, depth);
      break;
    case 'record':
      if (value instanceof RecordValue) return membersOf(shape.payload, value.fields, integers, depth);
      break;
    case 'union':
      if (value instanceof VariantValue) return variantOf(shape, value, integers, depth);
      break;
    default:
      return scalar(value, integers) ?? wrong(shape, value);
  }
  return wrong(shape, value);
}

function scalar(value: ClarityValue, integers: Integers): Json | undefined {
  switch (typeof value) {
    case 'bigint': {
      const number = integers === 'text' ? NaN : Number(value);
      return Number.isSafeInteger(number) ? number : value.toString();
    }
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
    case 'string':
      return value;
    default:
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : undefined;
  }
}

function objectOf(map: ReadonlyMap<ClarityValue, ClarityValue>, shape: Shape, integers: Integers, depth: number): Json {
  const members: Members = {};
  for (const [key, value] of map) put(members, keyText(key), convert(shape, value, integers, depth + 1));
  return members;
}

/** Keys are scalars (language.md §3). */
function keyText(key: ClarityValue): string {
  switch (typeof key) {
    case 'string':
    case 'bigint':
    case 'number':
    case 'boolean':
      return String(key);
    default:
      throw new HostError('bad-result', `The value is a map with ${describe(key)} as a key, which JSON does not have.`);
  }
}

function membersOf(
  payload: Payload,
  fields: ReadonlyMap<string, ClarityValue>,
  integers: Integers,
  depth: number,
): Json {
  const members: Members = {};
  for (const { name, shape } of payload.fields)
    put(members, name, convert(shape, fields.get(name), integers, depth + 1));
  return members;
}

function variantOf(shape: UnionShape, value: VariantValue, integers: Integers, depth: number): Json {
  const payload = shape.variants.find(({ name }) => name === value.name)?.payload ?? wrong(shape, value);
  const [only] = payload.fields;
  if (shape.of === 'type') {
    if (payload.fields.length === 0) return value.name;
    return { [value.name]: membersOf(payload, value.fields, integers, depth + 1) };
  }
  const inside = only === undefined ? null : convert(only.shape, value.fields.get(only.name), integers, depth + 1);
  if (shape.of === 'result') return { [value.name.toLowerCase()]: inside };
  return only !== undefined && canBeNull(only.shape) ? { [value.name]: inside } : inside;
}

/** Whether JSON null is a value of the type: then `Some` of it has to be told from None. */
export function canBeNull(shape: Shape): boolean {
  return shape.kind === 'Unit' || (shape.kind === 'union' && shape.of === 'option');
}

/** An own member whatever its name: `__proto__`, too. */
function put(members: Members, name: string, value: Json): void {
  if (name !== '__proto__') members[name] = value;
  else Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
}

function wrong(shape: Shape, value: ClarityValue): never {
  throw new HostError('bad-result', `The value is ${describe(value)}, where ${shapeName(shape)} is expected.`);
}
