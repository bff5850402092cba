import type { ErrorObject } from 'ajv/dist/2020.js';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { oneLine, printable } from '../shared/text.ts';
import type { Path } from './locate.ts';
import { homesOf } from './schema-walk.ts';
import { suggest } from '../shared/suggest.ts';

const TYPE_WORDS: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'empty',
};

/** One ajv error (verbose) in plain language. */
export function plainSchemaError(error: ErrorObject, path: Path): { code: string; message: string } {
  const { keyword } = error;
  const where = path.length === 0 ? 'the manifest' : dotted(path);
  const message = (text: string) => ({ code: 'ManifestInvalid', message: text });
  switch (keyword) {
    case 'additionalProperties':
      return message(unknownField(error, path));
    case 'required':
      if (error.parentSchema?.discriminator !== undefined) return discriminatorError(error, where);
      return message(`${where} needs the field "${String(error.params.missingProperty)}"`);
    case 'discriminator':
      return discriminatorError(error, where);
    case 'anyOf':
      return message(
        `${where} needs ${branchFields(error)
          .map((name) => `"${name}"`)
          .join(' or ')}`,
      );
    case 'type':
      return message(`${where} must be ${typeWords(error.params.type)}, not ${shown(error.data as Json, path)}`);
    case 'enum':
      return message(
        `${where} must be ${listed(error.params.allowedValues as Json[])}, not ${shown(error.data as Json, path)}${enumHint(error)}`,
      );
    case 'const':
      return message(`${where} must be ${String(error.params.allowedValue)}, not ${shown(error.data as Json, path)}`);
    default:
      return message(`${where} ${constraint(error, path)}`);
  }
}

/** `spec.origin.args[2]`; keys that are no plain names stand in brackets. */
function dotted(path: Path): string {
  return path
    .map((step, index) => {
      const text = printable(String(step));
      if (/^\d+$/.test(text)) return `[${text}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(text)) return `["${text}"]`;
      return index === 0 ? text : `.${text}`;
    })
    .join('');
}

function unknownField(error: ErrorObject, path: Path): string {
  const field = String(error.params.additionalProperty);
  const known = Object.keys((error.parentSchema?.properties ?? {}) as JsonObject);
  const near = suggest(field, known);
  const homes = near === undefined ? homesOf(field).filter((home) => home !== dotted(path)) : [];
  const hint =
    near !== undefined
      ? `; did you mean "${near}"?`
      : homes.length > 0
        ? `; it belongs in ${homes.slice(0, 2).join(' or ')}`
        : known.length <= 8
          ? `; known are ${known.join(', ')}`
          : '';
  return `unknown field "${oneLine(field, 60)}" in ${path.length === 0 ? 'the manifest' : dotted(path)}${hint}`;
}

function discriminatorError(error: ErrorObject, where: string): { code: string; message: string } {
  const { propertyName: tag } = error.parentSchema?.discriminator as { propertyName: string };
  const tagValue = (error.data as JsonObject)[tag];
  const branches = (error.parentSchema?.oneOf ?? []) as { properties: Record<string, { const: string }> }[];
  const values = branches.map((branch) => branch.properties[tag]?.const ?? '');
  const place = tag === 'kind' ? 'kind' : `${where}.${tag}`;
  if (tagValue === undefined)
    return { code: 'ManifestInvalid', message: `${where} needs the field "${tag}": ${listed(values)}` };
  const near = typeof tagValue === 'string' ? suggest(tagValue, values) : undefined;
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return { code: 'ManifestInvalid', message: `${place} must be ${listed(values)}, not ${shown(tagValue, [])}${hint}` };
}

function constraint(error: ErrorObject, path: Path): string {
  const { keyword, params } = error;
  const limit = String(params.limit);
  if (keyword === 'minimum') return `must be at least ${limit}, not ${shown(error.data as Json, path)}`;
  if (keyword === 'maximum') return `must be at most ${limit}, not ${shown(error.data as Json, path)}`;
  if (keyword === 'exclusiveMinimum') return `must be more than ${limit}, not ${shown(error.data as Json, path)}`;
  if (keyword === 'minItems') return `must have at least ${limit} ${limit === '1' ? 'entry' : 'entries'}`;
  if (keyword === 'format') return `must be an http or https URL`;
  if (keyword !== 'pattern') return error.message ?? 'is not valid';
  if (params.pattern === '\\S') return 'must not be blank';
  return `does not have the right form: ${String(error.parentSchema?.description)}`;
}

function branchFields(error: ErrorObject): string[] {
  return (error.schema as { required?: string[] }[]).flatMap((branch) => branch.required ?? []);
}

function enumHint(error: ErrorObject): string {
  const near = typeof error.data === 'string' ? suggest(error.data, error.params.allowedValues as string[]) : undefined;
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

function typeWords(type: unknown): string {
  return listed([type].flat().map((name) => TYPE_WORDS[String(name)] ?? String(name)));
}

function listed(values: readonly Json[]): string {
  const words = values.map(String);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** What was written, short; values of env and headers are never shown. */
function shown(value: Json | undefined, path: Path): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'a map';
  if (path.some((step) => step === 'env' || step === 'headers'))
    return `a ${typeof value === 'string' ? 'text' : typeof value}`;
  return typeof value === 'string' ? `"${oneLine(value, 60)}"` : JSON.stringify(value);
}
