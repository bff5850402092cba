import type { Json } from '../shared/json.ts';
import { policySchema } from './schema/policy.ts';
import { serviceSchema } from './schema/index.ts';
import { sourceSchema } from './schema/source.ts';
import { toolsetSchema } from './schema/toolset.ts';

/** What explain reads of a field's schema. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly examples?: readonly Json[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly additionalProperties?: boolean | FieldSchema;
  readonly items?: FieldSchema;
  readonly oneOf?: readonly FieldSchema[];
  readonly discriminator?: { readonly propertyName: string };
}

export interface Field {
  readonly name: string;
  readonly schema: FieldSchema;
  readonly required: boolean;
}

/** The documents that explain knows, by the word that begins a path. */
export const ROOTS: ReadonlyMap<string, FieldSchema> = new Map<string, FieldSchema>([
  ['mcpservice', serviceSchema],
  ['policy', policySchema],
  ['toolset', toolsetSchema],
  ['source', sourceSchema],
]);

/** What stands below a field: properties, the branches of a union by their tag, or what the items of a list have. */
export function fieldsOf(schema: FieldSchema): readonly Field[] {
  if (schema.oneOf !== undefined) {
    const tag = schema.discriminator?.propertyName ?? '';
    return schema.oneOf.map((branch) => ({
      name: branch.properties?.[tag]?.const as string,
      schema: branch,
      required: false,
    }));
  }
  if (schema.items !== undefined) return fieldsOf(schema.items);
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    schema: field,
    required: schema.required?.includes(name) ?? false,
  }));
}

/** Every field below a schema, with its dotted path; parents before children. */
export function allFields(schema: FieldSchema, prefix = ''): { path: string; field: Field }[] {
  return fieldsOf(schema).flatMap((field) => {
    const path = prefix === '' ? field.name : `${prefix}.${field.name}`;
    return [{ path, field }, ...allFields(field.schema, path)];
  });
}

/** Where a service may have a field of this name, the nearest to the root first: `spec.origin (local_stdio)` for command. */
export function homesOf(name: string): readonly string[] {
  return HOMES.get(name) ?? [];
}

const HOMES = new Map<string, string[]>();
for (const { path, field } of allFields(serviceSchema)) {
  const parent = path.slice(0, Math.max(0, path.length - field.name.length - 1));
  const home = parent.replace(/^spec\.origin\.(\w+)(.*)$/, 'spec.origin$2 ($1)');
  const homes = [...(HOMES.get(field.name) ?? []), home].filter((one) => one !== '');
  HOMES.set(
    field.name,
    homes.sort((a, b) => a.split('.').length - b.split('.').length),
  );
}
