import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';

/** How a tool is called, as people write functions: `add(a: integer, b?: integer)`. */
export function toolSignature({ name, inputSchema }: JsonObject): string {
  const required = stringsOf(objectOf(inputSchema).required);
  const params = Object.entries(objectOf(objectOf(inputSchema).properties)).map(
    ([param, schema]) => `${param}${required.includes(param) ? '' : '?'}: ${typeName(objectOf(schema))}`,
  );
  return `${typeof name === 'string' ? name : ''}(${params.join(', ')})`;
}

/** The arguments of a call to copy, with sample values: `--arg a=2 b=3`; empty where none is required. */
export function sampleArguments({ inputSchema }: JsonObject): string {
  const properties = objectOf(objectOf(inputSchema).properties);
  const words = stringsOf(objectOf(inputSchema).required).map((param, index) => {
    const value = sample(objectOf(properties[param]), param, index, 0);
    return quoted(`${param}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  });
  return words.length === 0 ? '' : `--arg ${words.join(' ')}`;
}

/** Deeper than this a schema is likely to mean itself. */
const MAX_DEPTH = 4;

/** One word for what goes in; of several forms the first, which is the usual one. */
function typeName(schema: JsonObject): string {
  const [first] = variantsOf(schema);
  if (first !== undefined) return typeName(first);
  if (schema.type === 'array') return `list of ${typeName(objectOf(schema.items))}`;
  if (typeof schema.type === 'string') return schema.type === 'object' ? 'record' : schema.type;
  return Array.isArray(schema.type) && typeof schema.type[0] === 'string' ? schema.type[0] : 'any';
}

function sample(schema: JsonObject, name: string, index: number, depth: number): Json {
  if (schema.const !== undefined) return schema.const;
  const [chosen] = listOf(schema.enum);
  if (chosen !== undefined) return chosen;
  const [first] = variantsOf(schema);
  if (first !== undefined) return sample(first, name, index, depth);
  switch (typeName(schema)) {
    case 'integer':
      return index + 2;
    case 'number':
      return index + 1.5;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'record':
      return depth >= MAX_DEPTH ? {} : sampleRecord(schema, depth);
    case 'string':
      return name;
    default:
      return schema.type === 'array' && depth < MAX_DEPTH ? [sample(objectOf(schema.items), name, 0, depth + 1)] : name;
  }
}

function sampleRecord(schema: JsonObject, depth: number): JsonObject {
  const fields = Object.entries(objectOf(schema.properties)).map(
    ([field, inner], index) => [field, sample(objectOf(inner), field, index, depth + 1)] as const,
  );
  return Object.fromEntries(fields);
}

function variantsOf(schema: JsonObject): readonly JsonObject[] {
  return [...listOf(schema.anyOf), ...listOf(schema.oneOf)].filter(isJsonObject);
}

/** For a shell. */
function quoted(word: string): string {
  return /^[\w.,:/=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function stringsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}
