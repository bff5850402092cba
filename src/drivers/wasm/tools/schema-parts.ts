import type { JsonObject } from '../../../shared/json.ts';
import { docText } from './doc-text.ts';

/** What JSON numbers hold exactly. */
const SAFE = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
const integer = (description: string): JsonObject => ({
  anyOf: [
    { type: 'integer', ...SAFE },
    { type: 'string', pattern: '^-?\\d{1,19}$' },
  ],
  description,
});
const TEXT_BEYOND = 'beyond ±(2^53 - 1) as decimal text, because a JSON number is not exact there';

/** The schemas of the types without parts. */
export const SCALAR_SCHEMAS: Readonly<
  Record<'Int64' | 'Float64' | 'Bool' | 'String' | 'Bytes' | 'Timestamp' | 'Unit', JsonObject>
> = {
  Int64: integer(`An integer; ${TEXT_BEYOND}.`),
  Timestamp: integer(`Milliseconds since 1970-01-01T00:00:00Z; ${TEXT_BEYOND}.`),
  Float64: { anyOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }] },
  Bool: { type: 'boolean' },
  String: { type: 'string' },
  Bytes: { type: 'string', contentEncoding: 'base64', description: 'Bytes as base64.' },
  Unit: { type: 'null' },
};

/** One of several forms; one form is itself. */
export function anyOf(forms: readonly JsonObject[]): JsonObject {
  const [first, ...more] = forms;
  return first !== undefined && more.length === 0 ? first : { anyOf: forms };
}

/** An object with this one member. */
export function tagged(name: string, schema: JsonObject): JsonObject {
  return { type: 'object', properties: { [name]: schema }, required: [name], additionalProperties: false };
}

/** The documentation of a field stands before what is said of its type. */
export function withDoc(schema: JsonObject, doc: string | undefined): JsonObject {
  if (doc === undefined) return schema;
  const own = typeof schema.description === 'string' ? ` ${schema.description}` : '';
  return { ...schema, description: `${docText(doc)}${own}` };
}
