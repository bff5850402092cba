import type { Json } from '../shared/json.ts';
import { allFields, type Field, fieldsOf, type FieldSchema, ROOTS } from './schema-walk.ts';
import { manifestSchema } from './schema/index.ts';
import { suggest } from '../shared/suggest.ts';

export interface Explanation {
  readonly path: string;
  /** `string`, `integer`, `list of string`, `map of string`, or the tags of a union: `local_wasm | local_stdio | remote_mcp`. */
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly fields: readonly ExplainedField[];
}

export interface ExplainedField {
  /** With `recursive` the dotted path below the explained one. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/**
 * Explains a field from the schema: `spec.origin.local_stdio.command`, `policy.spec.tools`, "" for the root. The kind may lead; MCPService is meant without it.
 * For a path that does not exist: the paths that may have been meant, possibly none.
 */
export function explain(path: string, options: { recursive?: boolean } = {}): Explanation | { suggestions: string[] } {
  const steps = path
    .split('.')
    .map((step) => step.trim())
    .filter(Boolean);
  const kind = ROOTS.has((steps[0] ?? '').toLowerCase()) ? steps.shift() : undefined;
  const root = ROOTS.get((kind ?? 'MCPService').toLowerCase()) ?? manifestSchema;
  const start = { name: '', schema: steps.length === 0 && kind === undefined ? manifestSchema : root, required: true };
  let at: Field = start;
  for (const [index, step] of steps.entries()) {
    const next = childOf(at.schema, step);
    if (next === undefined) return { suggestions: suggestions(root, steps, index, kind) };
    at = next;
  }
  return describe(path.trim(), at, options.recursive ?? false);
}

function childOf(schema: FieldSchema, step: string): Field | undefined {
  const named = fieldsOf(schema).find(({ name }) => name === step);
  if (named !== undefined) return named;
  const values = schema.additionalProperties;
  return typeof values === 'object' ? { name: step, schema: values, required: false } : undefined;
}

function describe(path: string, { schema, required }: Field, recursive: boolean): Explanation {
  const below = recursive ? allFields(schema) : fieldsOf(schema).map((field) => ({ path: field.name, field }));
  return {
    path,
    type: typeOf(schema),
    required,
    description: schema.description ?? '',
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(schema.enum === undefined ? {} : { enum: schema.enum }),
    fields: below.map(({ path: name, field }) => ({
      name,
      type: typeOf(field.schema),
      required: field.required,
      description: field.schema.description ?? '',
    })),
  };
}

function typeOf(schema: FieldSchema): string {
  if (schema.oneOf !== undefined)
    return fieldsOf(schema)
      .map(({ name }) => name)
      .join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `map of ${typeOf(schema.additionalProperties)}`;
  return schema.type === undefined ? 'any' : [schema.type].flat().join(' | ');
}

/** Near misses of the first wrong step, or every field of the last step's name. */
function suggestions(root: FieldSchema, steps: readonly string[], wrong: number, kind: string | undefined): string[] {
  const prefix = kind === undefined ? '' : `${kind}.`;
  const paths = allFields(root).map(({ path }) => path);
  const parent = steps.slice(0, wrong).join('.');
  const siblings = paths.filter((path) => path.slice(0, Math.max(0, path.lastIndexOf('.'))) === parent);
  const near = suggest(
    steps[wrong] ?? '',
    siblings.map((path) => path.slice(path.lastIndexOf('.') + 1)),
  );
  if (near !== undefined) {
    const mended = [...steps.slice(0, wrong), near];
    const whole = [...mended, ...steps.slice(wrong + 1)].join('.');
    return [prefix + (paths.includes(whole) ? whole : mended.join('.'))];
  }
  const last = steps.at(-1) ?? '';
  return paths
    .filter((path) => path.endsWith(`.${last}`) || path === last)
    .slice(0, 5)
    .map((path) => prefix + path);
}
