import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { systemTools } from '../../../src/gateway/builtin/builtin-tools.ts';
import { BUILTIN_TOOLS } from '../../../src/gateway/builtin/registry.ts';

/** Original contract §2: name, arguments (required first), keys of the answer. */
const CONTRACT: readonly (readonly [name: string, args: string, keys: string])[] = [
  [
    'runtime__status_summary',
    '',
    'total mcp_services agent_services running running_mcp running_agent degraded stopped quarantined local_mcp remote_mcp local_agent remote_agent local remote',
  ],
  ['runtime__list_services', '', 'services'],
  ['runtime__get_service', 'service_id*', 'service'],
  ['runtime__get_logs', 'service_id* limit=200', 'service_id lines'],
  ['runtime__start_service', 'service_id*', 'service'],
  ['runtime__stop_service', 'service_id*', 'service'],
  ['runtime__restart_service', 'service_id*', 'service'],
  ['runtime__unquarantine_service', 'service_id*', 'service'],
  ['runtime__refresh_interface', 'service_id*', 'service_id interface'],
  ['runtime__remove_service', 'service_id* cleanup_artifacts=false', 'removed artifactRemoved serviceId'],
  ['runtime__get_audit', 'limit=200', 'items'],
  ['runtime__get_agent_runs', 'limit=100', 'items'],
  ['runtime__get_agent_events', 'limit=200 run_id', 'items'],
  ['runtime__get_traces', 'limit=200 run_id trace_id', 'items'],
  ['runtime__get_cost_ledger', 'limit=200 run_id', 'items'],
  ['runtime__validate_auth_ref', 'auth_ref*', 'authRef provider target redactedTarget valid issues headerKeys source'],
  ['runtime__auth_provider_health', '', 'providers fileRoot fileRootExists'],
  ['runtime__list_auth_secrets', '', 'count items'],
  ['runtime__set_auth_secret', 'auth_ref* secret*', 'authRef provider path written'],
  ['runtime__delete_auth_secret', 'auth_ref*', 'authRef provider path deleted'],
  ['runtime__apply_manifest', 'manifest* start_now=true introspect=true', 'service applied started introspected'],
  [
    'runtime__register_local',
    'wasm_path* source_file module entry="mcp_main" display_name service_type="mcp" agent_descriptor tool_namespace autostart=true enabled=true start_now=true introspect=true',
    'service created started introspected',
  ],
  [
    'runtime__register_remote',
    'endpoint* module display_name service_type="mcp" agent_descriptor auth_ref transport="streamable_http" timeout_ms max_payload_bytes max_concurrency allowed_tools tool_namespace autostart=true enabled=true start_now=true introspect=true',
    'service created started introspected',
  ],
  [
    'runtime__register_via_url',
    'url* module display_name service_type="mcp" agent_descriptor auth_ref transport="streamable_http" timeout_ms max_payload_bytes max_concurrency allowed_tools tool_namespace autostart=true enabled=true start_now=true introspect=true',
    'service created started introspected',
  ],
  ['clarity__help', 'topic="overview"', 'topic details all_topics'],
  [
    'clarity__sources',
    'dir="." recursive=true limit=50 include_excerpt=false excerpt_chars=512',
    'workspace dir total_found returned items',
  ],
  [
    'clarity__project_structure',
    'project_name="my-clarity-app" module_name="App" include_templates=true',
    'project_name module_name guidance tree files',
  ],
  [
    'clarity__ensure_compiler',
    'compiler_bin auto_install=false install_command timeout_seconds=120',
    'compiler_bin available installed version',
  ],
  [
    'clarity__bootstrap_app',
    'project_name* module_name="App" dir="." compiler_bin auto_install=false install_command timeout_seconds=120 register_service=true start_now=true introspect=true overwrite=false',
    'project_name project_dir module_name files_written files_unchanged idempotent compiler compile registered service',
  ],
];

/** Keys that only an answer of a change that waits has. */
const WAITING = new Set(['proposal', 'applied']);

const ajv = new Ajv2020({ strict: true, strictRequired: false });
const named = (name: string) => BUILTIN_TOOLS.find((tool) => tool.name === name) ?? expect.unreachable(name);
const words = (text: string) => (text === '' ? [] : text.split(' '));

describe('a built-in tool', () => {
  it.each(CONTRACT)('%s takes and answers what the original did', (name, args, keys) => {
    const { inputSchema, outputSchema } = named(name) as any;
    const taken = Object.entries<any>(inputSchema.properties).map(([argument, schema]) => {
      const required = inputSchema.required?.includes(argument) === true ? '*' : '';
      return `${argument}${required}${schema.default === undefined ? '' : `=${JSON.stringify(schema.default)}`}`;
    });
    expect(taken.sort()).toEqual(words(args).sort());
    const wanted = words(keys);
    expect(
      Object.keys(outputSchema.properties)
        .filter((key) => wanted.includes(key) || !WAITING.has(key))
        .sort(),
    ).toEqual(wanted.sort());
  });

  it('is one of the original’s 29, or register_stdio', () => {
    const names = BUILTIN_TOOLS.map(({ name }) => name);
    expect(names.filter((name) => name !== 'runtime__register_stdio').sort()).toEqual(
      CONTRACT.map(([name]) => name).sort(),
    );
    expect(CONTRACT).toHaveLength(29);
    expect(names).toEqual([...names].sort());
  });

  it.each(BUILTIN_TOOLS.map((tool) => [tool.name, tool] as const))('%s declares itself whole', (_name, tool) => {
    const { title, description, inputSchema, outputSchema, annotations } = tool as any;
    for (const text of [title, description]) expect(text).toMatch(/^\S.{3,300}$/);
    expect(description).toMatch(/\.$/);
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(outputSchema).toMatchObject({ type: 'object' });
    for (const property of Object.values<any>(inputSchema.properties)) expect(property.description).toMatch(/^\S.*\.$/);
    expect(Object.keys(annotations).sort()).toEqual([
      'destructiveHint',
      'idempotentHint',
      'openWorldHint',
      'readOnlyHint',
    ]);
    expect(annotations.readOnlyHint && annotations.destructiveHint).toBe(false);
    for (const schema of [inputSchema, outputSchema]) expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('is shut by default where it writes manifests, secrets or files', () => {
    expect(BUILTIN_TOOLS.filter(({ gated }) => gated).map(({ name }) => name)).toEqual([
      'clarity__bootstrap_app',
      'runtime__apply_manifest',
      'runtime__delete_auth_secret',
      'runtime__register_local',
      'runtime__register_remote',
      'runtime__register_stdio',
      'runtime__register_via_url',
      'runtime__set_auth_secret',
    ]);
  });

  it('is counted in the status of the daemon', () => {
    const { counted, listed } = systemTools();
    expect(counted).toMatchObject({ count: 30, runtime: { count: 25 }, clarity: { count: 5 } });
    expect(counted.items).toHaveLength(30);
    expect(counted.clarity.items[0]).toEqual({ name: 'clarity__bootstrap_app', description: expect.any(String) });
    expect(listed.tools).toBe(30);
  });
});
