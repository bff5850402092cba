import { isJsonObject, type Json } from '../../../shared/json.ts';
import type { Shape, UnionShape } from '../../../wasm-host/marshal/shape.ts';
import { MAX_JSON_DEPTH } from '../../../wasm-host/marshal/to-json.ts';

const TRUE = new Set<Json | undefined>([true, 'true', '1']);

/**
 * JSON as the original takes it for a type that it was told (original contract §8.2), turned into JSON that `fromJson` takes: nearly anything
 * is a Bool or a String, and a record may have fields that its type does not have.
 */
export function relaxed(shape: Shape, json: Json | undefined, depth = 0): Json | undefined {
  // What is deeper is refused by `fromJson`.
  if (depth > MAX_JSON_DEPTH) return json;
  switch (shape.kind) {
    case 'Bool':
      return typeof json === 'number' ? json !== 0 : TRUE.has(json);
    case 'String':
      return typeof json === 'object' && json !== null ? json : String(json ?? '');
    case 'list':
      return Array.isArray(json) ? json.map((item: Json) => relaxed(shape.element, item, depth + 1) ?? null) : json;
    case 'record': {
      if (!isJsonObject(json)) return json;
      const fields = shape.payload.fields.map(({ name, shape: field }): [string, Json | undefined] => [
        name,
        relaxed(field, Object.hasOwn(json, name) ? json[name] : undefined, depth + 1),
      ]);
      return Object.fromEntries(fields);
    }
    case 'union':
      return relaxedUnion(shape, json, depth + 1);
    default:
      return json;
  }
}

function relaxedUnion(shape: UnionShape, json: Json | undefined, depth: number): Json | undefined {
  if (json === null || json === undefined || shape.of === 'type') return json;
  if (shape.of === 'option') {
    const inner = shape.variants[0]?.payload.fields[0]?.shape;
    return inner === undefined ? json : relaxed(inner, json, depth);
  }
  if (!isJsonObject(json)) return json;
  const parts = Object.entries(json).map(([name, part]): [string, Json | undefined] => {
    const field = shape.variants.find((variant) => variant.name.toLowerCase() === name)?.payload.fields[0];
    return [name, field === undefined ? part : relaxed(field.shape, part, depth)];
  });
  return Object.fromEntries(parts);
}
