import type { FromSchema } from 'json-schema-to-ts';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { applyDefaults, type EnvEntry, type PolicyManifest, type RemoteOrigin } from '../../src/manifest/index.ts';
import type {
  ServiceManifest,
  ServiceMetadata,
  ServiceSpec,
  StdioOrigin,
  ToolsetManifest,
  WasmOrigin,
} from '../../src/manifest/index.ts';
import type { metadataSchema } from '../../src/manifest/schema/metadata.ts';
import { remoteSchema, stdioSchema, wasmSchema } from '../../src/manifest/schema/origins.ts';
import type { policySchema } from '../../src/manifest/schema/policy.ts';
import { specSchema } from '../../src/manifest/schema/spec.ts';
import type { toolsetSchema } from '../../src/manifest/schema/toolset.ts';
import type { Json, JsonObject } from '../../src/shared/json.ts';

/** Without readonly, and intersections made flat. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;
/** The schema's type of a document in which each default stands: FromSchema makes fields with a default required. */
type Metadata = FromSchema<typeof metadataSchema>;
type Spec = FromSchema<typeof specSchema>;
type Derived = 'name' | 'module' | 'displayName' | 'sourceFile' | 'serviceId';
type Unchecked = 'version' | 'workspaceRoot' | 'artifactSha256' | 'createdAt' | 'updatedAt';

describe('types.ts and the schema (tsc checks these)', () => {
  it('have the same stdio origin', () => {
    type Schema = FromSchema<typeof stdioSchema>;
    expectTypeOf<Plain<Omit<StdioOrigin, 'env'>>>().toEqualTypeOf<Plain<Omit<Schema, 'env'>>>();
    expectTypeOf<Schema['env'][number]>().toExtend<EnvEntry>();
    expectTypeOf<keyof EnvEntry>().toEqualTypeOf<keyof Schema['env'][number]>();
  });

  it('have the same remote origin', () => {
    type Schema = FromSchema<typeof remoteSchema>;
    expectTypeOf<Plain<Omit<RemoteOrigin, 'headers'>>>().toEqualTypeOf<Plain<Omit<Schema, 'headers'>>>();
    expectTypeOf<keyof EnvEntry>().toEqualTypeOf<keyof Schema['headers'][number]>();
  });

  it('have the same wasm origin, whose unused args may be anything when written', () => {
    type Schema = FromSchema<typeof wasmSchema>;
    type Own = 'env' | 'args' | 'capabilities';
    expectTypeOf<Plain<Omit<WasmOrigin, Own>>>().toEqualTypeOf<Plain<Omit<Schema, Own>>>();
    expectTypeOf<keyof WasmOrigin>().toEqualTypeOf<keyof Schema>();
    expectTypeOf<NonNullable<Schema['capabilities']>>().toExtend<JsonObject>();
  });

  it('have the same spec, with durations in milliseconds and a namespace for each service', () => {
    type Own = 'origin' | 'reconcile' | 'toolNamespace';
    expectTypeOf<Plain<Omit<ServiceSpec, Own>>>().toEqualTypeOf<Plain<Omit<Spec, Own>>>();
    expectTypeOf<keyof ServiceSpec>().toEqualTypeOf<keyof Spec>();
    expectTypeOf<ServiceSpec['origin']['type']>().toEqualTypeOf<Spec['origin']['type']>();
    expectTypeOf<`${keyof Spec['reconcile']}Ms`>().toEqualTypeOf<keyof ServiceSpec['reconcile']>();
  });

  it('have the same metadata, with the derived fields given and the unchecked ones as text', () => {
    type Same = Exclude<keyof Metadata, Derived | Unchecked | 'agent'>;
    expectTypeOf<Plain<Pick<ServiceMetadata, Same>>>().toEqualTypeOf<Plain<Pick<Metadata, Same>>>();
    expectTypeOf<keyof ServiceMetadata>().toEqualTypeOf<keyof Metadata>();
    expectTypeOf<NonNullable<Metadata['agent']>>().toExtend<JsonObject>();
  });

  it('have the same toolset', () => {
    expectTypeOf<Plain<ToolsetManifest>>().toEqualTypeOf<Plain<FromSchema<typeof toolsetSchema>>>();
  });

  it('have the same policy', () => {
    expectTypeOf<Plain<PolicyManifest>>().toEqualTypeOf<Plain<FromSchema<typeof policySchema>>>();
  });
});

describe('the defaults that the schema tells', () => {
  const origins: [name: string, origin: JsonObject, schema: { properties: Record<string, unknown> }][] = [
    ['local_stdio', { type: 'local_stdio', command: 'x' }, stdioSchema],
    ['remote_mcp', { type: 'remote_mcp', endpoint: 'http://127.0.0.1' }, remoteSchema],
    ['local_wasm', { type: 'local_wasm' }, wasmSchema],
  ];

  it.each(origins)('are those that a %s service gets', (_, origin, schema) => {
    const raw = { kind: 'MCPService', metadata: { name: 'a' }, spec: { origin } };
    const { spec } = applyDefaults(raw) as ServiceManifest;
    expect(spec.origin).toEqual({ ...origin, ...defaultsOf(schema) });
    const { reconcile, ...told } = defaultsOf(specSchema);
    expect(spec).toEqual({ ...told, toolNamespace: 'a', origin: spec.origin, reconcile: spec.reconcile });
    expect(reconcile).toEqual({
      interval: `${String(spec.reconcile.intervalMs / 1000)}s`,
      timeout: `${String(spec.reconcile.timeoutMs / 1000)}s`,
    });
  });

  it('are those of the members of a map, where only a part is given', () => {
    for (const [name, field] of Object.entries(
      specSchema.properties as Record<string, { properties?: Record<string, unknown>; default?: Json }>,
    )) {
      if (field.properties === undefined || field.default === undefined) continue;
      expect(defaultsOf({ properties: field.properties }), name).toEqual(field.default);
    }
  });
});

function defaultsOf({ properties }: { readonly properties: Readonly<Record<string, unknown>> }): Record<string, Json> {
  const given = Object.entries(properties as Record<string, { default?: Json }>);
  return Object.fromEntries(
    given.flatMap(([name, field]) => (field.default === undefined ? [] : [[name, field.default]])),
  );
}
