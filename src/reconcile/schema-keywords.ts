import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { oneLine } from '../shared/text.ts';

/** What a change of a schema does to the values that it accepts: fewer, more, others, or nobody can tell. */
export type Effect = 'narrower' | 'wider' | 'other' | 'unclear' | 'text';

/** `why` is told what it is about. */
interface KeywordChange {
  readonly effect: Effect;
  readonly why: (of: string) => string;
}

const NAME_CHARS = 80;
const VALUE_CHARS = 40;
/** Values of an enum that a sentence names. */
const NAMED = 5;

/** A name of an upstream in backquotes, on one line. */
export function quoted(name: string): string {
  return `\`${oneLine(name, NAME_CHARS)}\``;
}

/** ` from 1 to 2`, where both are short enough to be said. */
export function shown(was: Json | undefined, is: Json | undefined): string {
  return isShort(was) && isShort(is) ? ` from ${String(was)} to ${String(is)}` : '';
}

function isShort(value: Json | undefined): value is null | number | boolean {
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * A schema in the form that is compared: `true` is the empty schema, alternatives that are mere types are a list of types
 * (`anyOf: [{type: string}, {type: "null"}]`). What is no schema comes back as it is.
 */
export function normalized(schema: Json | undefined): Json {
  if (schema === undefined || schema === true) return {};
  if (!isJsonObject(schema) || schema.type !== undefined || !Array.isArray(schema.anyOf)) return schema;
  const types = (schema.anyOf as readonly Json[]).map(mereType);
  if (types.includes(undefined)) return schema;
  const { anyOf: _anyOf, ...rest } = schema;
  return { ...rest, type: types as readonly string[] };
}

function mereType(schema: Json): string | undefined {
  if (!isJsonObject(schema) || typeof schema.type !== 'string') return undefined;
  return Object.keys(schema).every((key) => ['type', 'title', 'description'].includes(key)) ? schema.type : undefined;
}

/** `type`, where it differs: a name, a list of names, or absent for all. */
export function compareTypes(was: Json | undefined, is: Json | undefined): readonly KeywordChange[] {
  const before = typesOf(was);
  const after = typesOf(is);
  if (before === 'odd' || after === 'odd') return [{ effect: 'unclear', why: (of) => `type of ${of} changed` }];
  const isNarrower = !covers(after, before);
  const isWider = !covers(before, after);
  if (!isNarrower && !isWider) return [];
  const effect = isNarrower && isWider ? 'other' : isNarrower ? 'narrower' : 'wider';
  const words = (types: ReadonlySet<string> | undefined) =>
    types === undefined ? 'any' : oneLine([...types].slice(0, 7).join('|'), VALUE_CHARS);
  return [{ effect, why: (of) => `type of ${of} changed from ${words(before)} to ${words(after)}` }];
}

/** Undefined: all. */
function typesOf(type: Json | undefined): ReadonlySet<string> | undefined | 'odd' {
  if (type === undefined) return undefined;
  const list: readonly Json[] = Array.isArray(type) ? (type as readonly Json[]) : [type];
  return list.every((item) => typeof item === 'string') ? new Set(list) : 'odd';
}

function covers(all: ReadonlySet<string> | undefined, some: ReadonlySet<string> | undefined): boolean {
  if (all === undefined) return true;
  if (some === undefined) return false;
  return [...some].every((type) => all.has(type) || (type === 'integer' && all.has('number')));
}

/** A bound: `up` accepts less the higher it is, `down` the lower it is. */
export function compareLimit(
  key: string,
  was: Json | undefined,
  is: Json | undefined,
  narrows: 'up' | 'down',
): readonly KeywordChange[] {
  if (was === is) return [];
  if (was === undefined && typeof is === 'number')
    return [{ effect: 'narrower', why: (of) => `${key} ${String(is)} of ${of} added` }];
  if (is === undefined && typeof was === 'number')
    return [{ effect: 'wider', why: (of) => `${key} ${String(was)} of ${of} removed` }];
  const why = (of: string) => `${key} of ${of} changed${shown(was, is)}`;
  if (typeof was !== 'number' || typeof is !== 'number') return [{ effect: 'unclear', why }];
  return [{ effect: is > was === (narrows === 'up') ? 'narrower' : 'wider', why }];
}

/** `enum` and `const`, where they differ: the values that are meant, or absent for all. */
export function compareValues(was: JsonObject, is: JsonObject): readonly KeywordChange[] {
  const before = valuesOf(was);
  const after = valuesOf(is);
  if (before === 'odd' || after === 'odd') return [{ effect: 'unclear', why: (of) => `the values of ${of} changed` }];
  if (before === undefined || after === undefined) {
    if (before !== undefined)
      return [{ effect: 'wider', why: (of) => `${of} is not limited to ${list(before)} any more` }];
    return after === undefined ? [] : [{ effect: 'narrower', why: (of) => `${of} is limited to ${list(after)} now` }];
  }
  const lost = new Set([...before].filter((value) => !after.has(value)));
  const gained = new Set([...after].filter((value) => !before.has(value)));
  return [
    ...(lost.size > 0
      ? [{ effect: 'narrower' as const, why: (of: string) => `enum of ${of} lost ${list(lost)}` }]
      : []),
    ...(gained.size > 0
      ? [{ effect: 'wider' as const, why: (of: string) => `enum of ${of} gained ${list(gained)}` }]
      : []),
  ];
}

/** Each value as JSON. */
function valuesOf(schema: JsonObject): ReadonlySet<string> | undefined | 'odd' {
  const given = Object.hasOwn(schema, 'const') ? [schema.const ?? null] : schema.enum;
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) return 'odd';
  const values = given as readonly Json[];
  // Text of objects would have to be made with care for their depth; nobody offers objects to choose from.
  if (values.some((value) => typeof value === 'object' && value !== null)) return 'odd';
  return new Set(values.map((value) => JSON.stringify(value)));
}

function list(values: ReadonlySet<string>): string {
  const some = [...values].slice(0, NAMED).map((value) => oneLine(value, VALUE_CHARS));
  return some.join(', ') + (values.size > NAMED ? ` and ${String(values.size - NAMED)} more` : '');
}
