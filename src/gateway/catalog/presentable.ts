import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { KEY_FIELDS, type ListName } from './lists.ts';

const isString = (value: Json) => typeof value === 'string';
const isObjectSchema = (value: Json) => isJsonObject(value) && value.type === 'object';

/** What the optional members of a definition must be (MCP 2025-11-25, schema); members that are not here are nobody's business. */
const MEMBERS: Readonly<Record<string, (value: Json) => boolean>> = {
  title: isString,
  description: isString,
  mimeType: isString,
  size: (value) => typeof value === 'number',
  icons: (value) => Array.isArray(value),
  arguments: (value) => Array.isArray(value),
  annotations: isJsonObject,
  execution: isJsonObject,
  outputSchema: isObjectSchema,
  _meta: isJsonObject,
};

/**
 * The definition as strict clients take it: they throw the whole list away, of every service, over one tool without an inputSchema or
 * one description that is null. Itself where it is right; else without the members that are wrong, and with the required ones.
 */
export function presentable(definition: JsonObject, list: ListName): JsonObject {
  const wrong = Object.entries(definition).filter(
    ([member, value]) => value !== undefined && Object.hasOwn(MEMBERS, member) && MEMBERS[member]?.(value) === false,
  );
  const missing = missingOf(definition, list);
  if (wrong.length === 0 && missing === undefined) return definition;
  return { ...definition, ...Object.fromEntries(wrong.map(([member]) => [member, undefined])), ...missing };
}

function missingOf(definition: JsonObject, list: ListName): JsonObject | undefined {
  if (list !== 'tools') return typeof definition.name === 'string' ? undefined : { name: definition[KEY_FIELDS[list]] };
  const { inputSchema = null } = definition;
  if (isObjectSchema(inputSchema)) return undefined;
  return { inputSchema: { ...(isJsonObject(inputSchema) ? inputSchema : {}), type: 'object' } };
}
