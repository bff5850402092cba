import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../src/manifest/index.ts';
import { isJsonObject, type Json } from '../../src/shared/json.ts';

interface Described {
  path: string;
  schema: { [key: string]: Json | undefined };
}

/** Every schema that stands for a field, an item or a branch: what hover shows. */
function described(schema: Json | undefined, path: string): Described[] {
  if (!isJsonObject(schema)) return [];
  const members = Object.entries((schema.properties ?? {}) as Record<string, Json>);
  const branches = (schema.oneOf ?? []) as Json[];
  return [
    { path, schema },
    ...members.flatMap(([name, member]) => described(member, `${path}.${name}`)),
    ...branches.flatMap((branch, index) => described(branch, `${path}<${String(index)}>`)),
    ...(schema.additionalProperties === false ? [] : described(schema.additionalProperties, `${path}.*`)),
    ...(isJsonObject(schema.items) && schema.items.type === 'object' ? described(schema.items, `${path}[]`) : []),
  ];
}
const all = described(manifestSchema, '');

describe('the manifest schema', () => {
  it('is the published file (npx vitest run -u writes it anew)', async () => {
    const text = `${JSON.stringify(manifestSchema, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../schemas/mcp-service-v1.schema.json');
  });

  it('has a title and a description on every field', () => {
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter(({ schema }) => !schema.title || !schema.description).map(({ path }) => path)).toEqual([]);
  });

  it('allows no unknown field anywhere', () => {
    const open = all.filter(({ schema }) => schema.properties !== undefined && schema.additionalProperties !== false);
    expect(open.map(({ path }) => path)).toEqual([]);
  });

  it('names the alternatives of a value in its description or enum', () => {
    const empty = all.filter(({ schema }) => Array.isArray(schema.enum) && schema.enum.length < 2);
    expect(empty).toEqual([]);
  });
});
