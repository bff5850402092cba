import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import type { Finding } from './finding.ts';
import type { Locator, Path } from './locate.ts';
import { plainSchemaError } from './schema-error.ts';
import { manifestSchema } from './schema/index.ts';

let compiled: ValidateFunction | undefined;

/** Compiles the schema now: it takes a tenth of a second, which a daemon that parses nothing at its start would spend at the first edit. */
export function prepareSchema(): void {
  compiled ??= compileSchema();
}

/** Checks a value against the schema; every error is a finding at its place (reconcile-behaviour §7). */
export function validateSchema(raw: JsonObject, locator: Locator): Finding[] {
  compiled ??= compileSchema();
  if (compiled(raw)) return [];
  return withoutEchoes(compiled.errors ?? []).map((error) => finding(error, raw, locator));
}

function compileSchema(): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    verbose: true,
    formats: { uri: isHttpUrl },
  });
  return ajv.compile(manifestSchema);
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Drops what an if or anyOf says a second time through its branches. */
function withoutEchoes(errors: readonly ErrorObject[]): ErrorObject[] {
  const place = (error: ErrorObject, schemaPath: string) => `${error.instancePath} ${schemaPath}`;
  const unions = new Set(
    errors.flatMap((error) => (error.keyword === 'anyOf' ? [place(error, error.schemaPath)] : [])),
  );
  return errors.filter((error) => {
    const union = /^.*\/anyOf(?=\/)/.exec(error.schemaPath)?.[0];
    return error.keyword !== 'if' && !(union !== undefined && unions.has(place(error, union)));
  });
}

function finding(error: ErrorObject, raw: JsonObject, locator: Locator): Finding {
  const path = stepsOf(error.instancePath);
  const { code, message } = plainSchemaError(error, path);
  return { severity: 'error', code, message, help: docsOf(path, raw), range: placeOf(error, path, locator) };
}

function placeOf(error: ErrorObject, path: Path, locator: Locator) {
  const params = error.params as { additionalProperty?: string; tag?: string; tagValue?: unknown };
  if (params.additionalProperty !== undefined) return locator.key([...path, params.additionalProperty]);
  if (error.keyword === 'required' || error.keyword === 'anyOf') return locator.key(path);
  if (error.keyword === 'discriminator' && params.tag !== undefined) {
    return params.tagValue === undefined ? locator.key(path) : locator.value([...path, params.tag]);
  }
  return locator.value(path);
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Where `clarityctl explain` tells more: the path without list indexes and keys of the person's own, with the type of an origin. */
function docsOf(path: Path, raw: JsonObject): string {
  const fields = path.filter((step) => !/^\d+$/.test(String(step)));
  const [room, field] = fields;
  const type = room === 'spec' && field === 'origin' && fields.length > 2 ? originType(raw) : undefined;
  if (type !== undefined) fields.splice(2, 0, type);
  const depth = type !== undefined ? 4 : room === 'metadata' && field !== 'agent' ? 2 : 3;
  const { kind } = raw;
  const others = kind === 'Policy' || kind === 'Toolset' || kind === 'Source' ? [kind.toLowerCase()] : [];
  const words = [...others, ...fields.slice(0, depth)].join('.');
  return `Docs: clarityctl explain${words === '' ? '' : ` ${words}`}`;
}

function originType(raw: JsonObject): string | undefined {
  const origin = isJsonObject(raw.spec) ? raw.spec.origin : undefined;
  const type = isJsonObject(origin) ? origin.type : undefined;
  return typeof type === 'string' ? type : undefined;
}
