import { Buffer } from 'node:buffer';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { HostError } from '../host-error.ts';
import { RecordValue, VariantValue, type ClarityValue } from '../value.ts';
import { describe } from './describe.ts';
import { shapeName, type Payload, type Shape, type UnionShape } from './shape.ts';
import { canBeNull, MAX_JSON_DEPTH } from './to-json.ts';
import { renderPath, type ValuePath } from './value-path.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * The value that plain JSON means for a type; the counterpart of `toJson`. Beyond what that writes it takes: Int64 and Timestamp as a decimal
 * text, Float64 as the text of a number, Bytes as a list of 0 to 255, a missing field where its type is Option, `{"None": {}}`-like objects for
 * variants without fields. Throws `bad-argument`, which says where the bad value is.
 */
export function fromJson(shape: Shape, json: Json | undefined, name?: string): ClarityValue {
  return convert(shape, json, name === undefined ? undefined : { parent: undefined, step: name }, 0);
}

function convert(shape: Shape, json: Json | undefined, path: ValuePath | undefined, depth: number): ClarityValue {
  if (depth > MAX_JSON_DEPTH) throw bad(path, `is nested deeper than ${MAX_JSON_DEPTH} levels`);
  switch (shape.kind) {
    case 'Int64':
    case 'Timestamp':
      return integer(shape, json, path);
    case 'Float64':
      return float(shape, json, path);
    case 'Bool':
      return typeof json === 'boolean' ? json : wrong(shape, json, path);
    case 'String':
      return typeof json === 'string' ? json : wrong(shape, json, path);
    case 'Bytes':
      return bytes(shape, json, path);
    case 'Unit':
      return json === null || json === undefined ? undefined : wrong(shape, json, path);
    case 'function':
      throw bad(path, 'cannot be given: a function of Clarity is not JSON');
    default:
      return convertNested(shape, json, path, depth + 1);
  }
}

function convertNested(
  shape: Extract<Shape, { kind: 'list' | 'map' | 'record' | 'union' }>,
  json: Json | undefined,
  path: ValuePath | undefined,
  depth: number,
): ClarityValue {
  switch (shape.kind) {
    case 'list': {
      if (!Array.isArray(json)) return wrong(shape, json, path);
      const items = json as readonly Json[];
      return items.map((item, i) => convert(shape.element, item, { parent: path, step: i }, depth));
    }
    case 'map': {
      if (!isJsonObject(json)) return wrong(shape, json, path);
      const entries = Object.entries(json).map(([key, item]): [ClarityValue, ClarityValue] => {
        const inside = { parent: path, step: key };
        return [mapKey(shape.key, key, inside), convert(shape.value, item, inside, depth)];
      });
      return new Map(entries);
    }
    case 'record':
      return new RecordValue(
        fieldsOf(shape.payload, isJsonObject(json) ? json : wrong(shape, json, path), path, depth),
      );
    case 'union':
      return unionOf(shape, json, path, depth);
  }
}

function unionOf(shape: UnionShape, json: Json | undefined, path: ValuePath | undefined, depth: number): ClarityValue {
  if (shape.of === 'option') return optionOf(shape, json, path, depth);
  if (shape.of === 'result') return resultOf(shape, json, path, depth);
  const [name, content] = typeof json === 'string' ? [json, {}] : isJsonObject(json) ? onlyMember(json) : [];
  const variant = shape.variants.find((each) => each.name === name);
  if (variant === undefined || !isJsonObject(content)) {
    const names = shape.variants.map((each) => `"${each.name}"`).join(', ');
    const bare = shape.variants.every(({ payload }) => payload.fields.length === 0);
    const what = bare ? 'one of' : 'a variant with its fields, of';
    throw bad(path, `is ${describe(json)}, where ${shape.name} is expected: ${what} ${names}`);
  }
  const inside = typeof json === 'string' ? path : { parent: path, step: variant.name };
  return new VariantValue(variant.name, fieldsOf(variant.payload, content, inside, depth));
}

function optionOf(shape: UnionShape, json: Json | undefined, path: ValuePath | undefined, depth: number): ClarityValue {
  if (json === null || json === undefined) return new VariantValue('None', new Map());
  const inner = shape.variants[0]?.payload.fields[0]?.shape ?? wrong(shape, json, path);
  if (!canBeNull(inner)) return new VariantValue('Some', new Map([['value', convert(inner, json, path, depth)]]));
  const [name, content] = isJsonObject(json) ? onlyMember(json) : [];
  if (name !== 'Some') throw bad(path, `is ${describe(json)}, where null or {"Some": value} is expected`);
  return new VariantValue('Some', new Map([['value', convert(inner, content, { parent: path, step: name }, depth)]]));
}

function resultOf(shape: UnionShape, json: Json | undefined, path: ValuePath | undefined, depth: number): ClarityValue {
  const [name, content] = isJsonObject(json) ? onlyMember(json) : [];
  const variant = shape.variants.find((each) => each.name.toLowerCase() === name);
  const field = variant?.payload.fields[0];
  if (variant === undefined || field === undefined || name === undefined) {
    throw bad(path, `is ${describe(json)}, where {"ok": value} or {"err": error} is expected`);
  }
  const value = convert(field.shape, content, { parent: path, step: name }, depth);
  return new VariantValue(variant.name, new Map([[field.name, value]]));
}

function onlyMember(object: JsonObject): [name?: string, content?: Json] {
  const [first, ...more] = Object.entries(object);
  if (first === undefined || more.length > 0) return [];
  return first[1] === undefined ? [first[0]] : [first[0], first[1]];
}

function fieldsOf(
  payload: Payload,
  json: JsonObject,
  path: ValuePath | undefined,
  depth: number,
): ReadonlyMap<string, ClarityValue> {
  const fields = new Map<string, ClarityValue>();
  for (const { name, shape } of payload.fields) {
    const given = Object.hasOwn(json, name) ? json[name] : undefined;
    if (given === undefined && !canBeNull(shape)) throw bad(path, `has no field \`${name}\``);
    fields.set(name, convert(shape, given, { parent: path, step: name }, depth));
  }
  const extra = Object.keys(json).find((name) => !fields.has(name));
  if (extra !== undefined) throw bad(path, `has a field \`${extra}\` too many`);
  return fields;
}

function integer(shape: Shape, json: Json | undefined, path: ValuePath | undefined): bigint {
  if (typeof json === 'number' && Number.isInteger(json)) {
    if (Number.isSafeInteger(json)) return BigInt(json);
    throw bad(path, `is ${json}, which a JSON number does not hold exactly: give it as text`);
  }
  if (typeof json !== 'string' || !/^-?\d{1,40}$/.test(json)) return wrong(shape, json, path);
  const value = BigInt(json);
  if (BigInt.asIntN(64, value) === value) return value;
  throw bad(path, `is ${json}, which does not fit into ${shapeName(shape)}`);
}

function float(shape: Shape, json: Json | undefined, path: ValuePath | undefined): number {
  if (typeof json === 'number') return json;
  if (typeof json !== 'string' || json.trim() === '') return wrong(shape, json, path);
  const value = Number(json);
  return Number.isNaN(value) && json !== 'NaN' ? wrong(shape, json, path) : value;
}

function bytes(shape: Shape, json: Json | undefined, path: ValuePath | undefined): Uint8Array {
  if (typeof json === 'string' && BASE64.test(json)) return new Uint8Array(Buffer.from(json, 'base64'));
  if (!Array.isArray(json)) return wrong(shape, json, path, 'Bytes as base64');
  const items = json as readonly Json[];
  const isByte = (item: Json) => typeof item === 'number' && Number.isInteger(item) && item >= 0 && item <= 255;
  return items.every(isByte)
    ? Uint8Array.from(items as readonly number[])
    : wrong(shape, json, path, 'Bytes of 0 to 255');
}

function mapKey(shape: Shape, key: string, path: ValuePath): ClarityValue {
  switch (shape.kind) {
    case 'String':
      return key;
    case 'Int64':
    case 'Timestamp':
      return integer(shape, key, path);
    case 'Float64':
      return float(shape, key, path);
    case 'Bool':
      return key === 'true' ? true : key === 'false' ? false : wrong(shape, key, path);
    default:
      return wrong(shape, key, path);
  }
}

function wrong(shape: Shape, json: Json | undefined, path: ValuePath | undefined, expected = shapeName(shape)): never {
  throw bad(path, `is ${describe(json)}, where ${expected} is expected`);
}

function bad(path: ValuePath | undefined, what: string): HostError {
  const where = renderPath(path);
  return new HostError('bad-argument', `${where === '' ? 'The value' : `\`${where}\``} ${what}.`);
}
