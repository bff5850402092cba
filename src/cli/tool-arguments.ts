import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { oneLine } from '../shared/text.ts';
import { CliError, EXIT } from './cli-error.ts';
import { parseJson } from './parse-json.ts';

/**
 * The arguments of a tool call from `--arg k=v` and `--json`, typed by the tool's inputSchema.
 * Without a schema a value that is JSON is taken as such, else as text.
 * Throws a usage error, with the schema's fields listed, on an unknown or missing field or a value of the wrong type.
 */
export function toolArguments(
  given: { readonly pairs: readonly string[]; readonly json: string | undefined },
  schema: JsonObject | undefined,
): JsonObject {
  const values = new Map(Object.entries(parseJsonArguments(given.json)));
  for (const pair of given.pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new CliError(EXIT.usage, `--arg ${oneLine(pair)}: write it as name=value`, hintOf(schema));
    const name = pair.slice(0, at);
    values.set(name, typedValue(name, pair.slice(at + 1), schema));
  }
  // By position, as the original has it: the function knows how many it takes.
  if (Array.isArray(values.get('args')) && propertiesOf(schema ?? {}).args === undefined)
    return Object.fromEntries(values);
  for (const name of requiredOf(schema))
    if (!values.has(name)) throw new CliError(EXIT.usage, `argument ${name} is missing`, hintOf(schema));
  return Object.fromEntries(values);
}

function parseJsonArguments(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new CliError(EXIT.usage, '--json must be a JSON object');
  return value;
}

function typedValue(name: string, text: string, schema: JsonObject | undefined): Json {
  const value = parseJson(text);
  const untyped = value === undefined ? text : value;
  if (schema === undefined) return untyped;
  const field = propertiesOf(schema)[name];
  if (field === undefined) {
    if (!isClosed(schema)) return untyped;
    throw new CliError(EXIT.usage, `there is no argument ${oneLine(name)}`, hintOf(schema));
  }
  const types = typesOf(field);
  if (types.length === 0) return untyped;
  // As a number it would be another one: an Int64 travels as text then.
  if (types.includes('string') && /^-?\d+$/.test(text) && !Number.isSafeInteger(value)) return text;
  // Quotes that a person wrote into a text belong to the text.
  if (value !== undefined && typeof value !== 'string' && isOf(value, types)) return value;
  if (types.includes('string')) return text;
  throw new CliError(
    EXIT.usage,
    `argument ${name} must be ${types.join(' or ')}, not ${oneLine(text)}`,
    hintOf(schema),
  );
}

function isOf(value: Json, types: readonly string[]): boolean {
  const type = jsonType(value);
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** A name outside of `properties` is a typing error, unless the schema speaks of further properties itself. */
function isClosed(schema: JsonObject): boolean {
  const further = schema.additionalProperties;
  const open = further === true || isJsonObject(further) || schema.patternProperties !== undefined;
  return !open && (further === false || Object.keys(propertiesOf(schema)).length > 0);
}

/** The JSON types a value may have; empty where the schema does not say. A constant text counts as what it is. */
function typesOf(field: JsonObject): readonly string[] {
  if (typeof field.type === 'string') return [field.type];
  if (Array.isArray(field.type)) return field.type.filter((type) => typeof type === 'string');
  const variants = [field.anyOf, field.oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isJsonObject) : []));
  if (variants.length > 0) return variants.flatMap(typesOf);
  if (Array.isArray(field.enum)) return field.enum.map(jsonType);
  return field.const === undefined ? [] : [jsonType(field.const)];
}

function jsonType(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function hintOf(schema: JsonObject | undefined): { hint?: string } {
  if (schema === undefined) return {};
  const required = requiredOf(schema);
  const lines = Object.entries(propertiesOf(schema)).map(([name, field]) => {
    const type = [...new Set(typesOf(field))].join('|') || 'any';
    const description = typeof field.description === 'string' ? `: ${field.description}` : '';
    return `  ${oneLine(`${name} <${type}>${required.includes(name) ? ' required' : ''}${description}`, 160)}`;
  });
  return {
    hint: lines.length === 0 ? 'The tool takes no arguments.' : ['Arguments:', ...lines].join('\n'),
  };
}

function propertiesOf(schema: JsonObject): Readonly<Record<string, JsonObject>> {
  const entries = Object.entries(isJsonObject(schema.properties) ? schema.properties : {});
  return Object.fromEntries(entries.map(([name, field]) => [name, isJsonObject(field) ? field : {}]));
}

function requiredOf(schema: JsonObject | undefined): readonly string[] {
  const required = schema?.required;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}
