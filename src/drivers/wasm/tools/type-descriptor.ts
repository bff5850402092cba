import type { InterfaceType, TypeRef } from '../../../compiler/interface/interface.ts';
import { isJsonObject, type Json } from '../../../shared/json.ts';
import type { Shape } from '../../../wasm-host/marshal/shape.ts';
import { TypeShapes } from '../../../wasm-host/marshal/type-shapes.ts';

const SCALARS: Readonly<Record<string, TypeRef>> = {
  int64: 'Int64',
  float64: 'Float64',
  bool: 'Bool',
  boolean: 'Bool',
  string: 'String',
  timestamp: 'Timestamp',
};
const MAX_DEPTH = 50;
const MAX_FIELDS = 1000;

/** The shape that a type descriptor of the original means (original contract §8.2); undefined for what is none. */
export function shapeOfDescriptor(descriptor: Json | undefined): Shape | undefined {
  const types: InterfaceType[] = [];
  const type = typeOf(descriptor, types, 0);
  return type === undefined ? undefined : new TypeShapes(types).shapeOf(type);
}

/** Its records become `types`. */
function typeOf(descriptor: Json | undefined, types: InterfaceType[], depth: number): TypeRef | undefined {
  if (depth > MAX_DEPTH || !isJsonObject(descriptor)) return undefined;
  const kind = descriptor.kind ?? descriptor.type;
  if (typeof kind !== 'string') return undefined;
  const inside = (part: Json | undefined) => typeOf(part, types, depth + 1);
  switch (kind.toLowerCase()) {
    case 'list': {
      const list = inside(descriptor.element);
      return list === undefined ? undefined : { list };
    }
    case 'option': {
      const option = inside(descriptor.inner);
      return option === undefined ? undefined : { option };
    }
    case 'result': {
      const [ok, error] = [inside(descriptor.ok), inside(descriptor.err)];
      return ok === undefined || error === undefined ? undefined : { result: [ok, error] };
    }
    case 'record':
      return recordOf(descriptor.fields, types, inside);
    default:
      return Object.hasOwn(SCALARS, kind.toLowerCase()) ? SCALARS[kind.toLowerCase()] : undefined;
  }
}

function recordOf(
  described: Json | undefined,
  types: InterfaceType[],
  inside: (part: Json | undefined) => TypeRef | undefined,
): TypeRef | undefined {
  if (!Array.isArray(described) || described.length === 0) return undefined;
  const fields = [];
  for (const field of described as readonly Json[]) {
    if (!isJsonObject(field) || typeof field.name !== 'string') return undefined;
    const type = inside(field.type);
    if (type === undefined || types.length + fields.length > MAX_FIELDS) return undefined;
    fields.push({ name: field.name, type });
  }
  const name = `Record ${types.length + 1}`;
  types.push({ name, kind: 'record', fields });
  return { type: name };
}
