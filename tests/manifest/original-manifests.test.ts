import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import type { JsonObject } from '../../src/shared/json.ts';

/** As the original's registrar writes them: every field that its validator wants. */
function service(metadata: JsonObject, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'clarity.runtime/v1',
    kind: 'MCPService',
    metadata: { sourceFile: 'src/main.clarity', module: 'Main', serviceType: 'mcp', ...metadata },
    spec: {
      origin: { type: 'local_wasm', wasmPath: 'build/main.wasm', entry: 'mcp_main' },
      enabled: true,
      autostart: true,
      policyRef: 'default',
      restartPolicy: { mode: 'on-failure', maxRestarts: 5, windowSeconds: 60 },
      ...spec,
    },
  };
}
const wasm = (extra: JsonObject) => ({ origin: { type: 'local_wasm', wasmPath: 'a.wasm', entry: 'x', ...extra } });
const remote = (extra: JsonObject) => ({
  origin: { type: 'remote_mcp', endpoint: 'https://mcp.example.com/mcp', transport: 'streamable_http', ...extra },
});
const agent = (extra: JsonObject) =>
  service({
    serviceType: 'agent',
    agent: { agentId: 'a', name: 'A', role: 'r', objective: 'o', triggers: ['api'], ...extra },
  });
const timer = (schedule: JsonObject, extra: JsonObject = {}) =>
  agent({ triggers: ['timer'], timer: { schedules: [schedule], ...extra } });

const ACCEPTED: Record<string, JsonObject> = {
  'local wasm': service({}),
  'service id of any text': service({ serviceId: 'My own id! ../..' }),
  'service id in the derived form': service({ serviceId: 'svc_0123456789ab' }),
  'display name longer than the schema of the original says': service({ displayName: 'x'.repeat(300) }),
  'module that becomes an empty namespace': service({ module: '???' }),
  'source file with spaces and Unicode': service({ sourceFile: '  My Straße.clarity ' }),
  'unchecked metadata of any JSON type': service({
    workspaceRoot: 7,
    version: { major: 1 },
    artifactSha256: 'not a hash',
    createdAt: null,
    updatedAt: ['never'],
  }),
  'tool namespace that is normalised': service({}, { toolNamespace: ' My Tools! ' }),
  'policy reference of any text': service({}, { policyRef: 'Team Policy' }),
  'disabled and not started': service({}, { enabled: false, autostart: false }),
  'restart limits over the bounds of the schema': service(
    {},
    { restartPolicy: { mode: 'always', maxRestarts: 100_000, windowSeconds: 1e9 } },
  ),
  'no restarts at all': service({}, { restartPolicy: { mode: 'never', maxRestarts: 0, windowSeconds: 1 } }),
  'wasm with env values and secrets': service(
    {},
    wasm({
      env: [
        { name: 'A', value: 'x' },
        { name: '_b2', secretRef: 'env:B' },
        { name: 'C', value: 'v', secretRef: 's' },
      ],
    }),
  ),
  'wasm with arguments that are no list': service({}, wasm({ args: { any: [1, null] } })),
  'wasm with arguments of any type': service({}, wasm({ args: [1, 'two', { three: 3 }, null] })),
  'remote over streamable HTTP': service({}, remote({})),
  'remote over SSE with plain http and a port': service(
    {},
    remote({ endpoint: 'http://localhost:3000', transport: 'sse_http' }),
  ),
  'remote with an upper-case scheme': service({}, remote({ endpoint: 'HTTPS://Example.com/a b' })),
  'remote with limits over the bounds of the schema': service(
    {},
    remote({ timeoutMs: 9_999_999_999, maxPayloadBytes: 1e12, maxConcurrency: 100_000 }),
  ),
  'remote with small limits': service({}, remote({ timeoutMs: 1, maxPayloadBytes: 1, maxConcurrency: 1 })),
  'remote with a legacy auth reference': service({}, remote({ authRef: 'my legacy name' })),
  'remote with allowed tools, also empty ones': service({}, remote({ allowedTools: ['search', ''] })),
  'agent started over the API': agent({}),
  'agent with every trigger': agent({
    triggers: ['timer', 'event', 'api', 'a2a'],
    timer: { schedules: [{ scheduleId: 's', scheduleExpr: 'every 5 minutes' }] },
    a2a: { protocol: 'clarity.a2a.v1' },
  }),
  'agent descriptor on an mcp service': service({
    agent: { agentId: 'a', name: 'A', role: 'r', objective: 'o', triggers: ['event'] },
  }),
  'schedule with its aliases': timer({ id: 'nightly', expr: 'every 24 hours' }),
  'schedule with every field': timer(
    { scheduleId: 's', scheduleExpr: 'EVERY 10 Sec', enabled: false, serial: false, handlerTool: 'tick' },
    { serial: true, handlerTool: 'on_timer' },
  ),
  'schedules that never fire': agent({
    triggers: ['timer'],
    timer: {
      schedules: [
        { id: 'zero', expr: 'every 0 s' },
        { id: 'year', expr: 'every 9999 hours' },
      ],
    },
  }),
  'schedule with a very long id': timer({ scheduleId: 'x'.repeat(500), scheduleExpr: 'every 1 hr' }),
  'a2a profile with everything': agent({
    triggers: ['a2a'],
    a2a: {
      protocol: 'clarity.a2a.v1',
      acceptedMessageKinds: ['handoff.request', 'handoff.completed'],
      emitsMessageKinds: ['handoff.accepted', 'handoff.rejected'],
      maxPayloadBytes: 10_485_760,
    },
  }),
  'agent lists': agent({
    inputs: ['text'],
    outputs: [],
    allowedMcpTools: ['files__read'],
    allowedLlmProviders: ['openai'],
    llmProviders: ['anthropic'],
    handoffTargets: ['b'],
    dependsOn: ['c'],
    hitl: true,
    version: '1',
  }),
  'agent chat with everything': agent({
    chat: {
      mode: 'auto',
      provider: 'anthropic',
      handlerTool: 'receive_chat',
      model: 'm',
      apiKeyEnv: 'MY_KEY',
      timeoutMs: 120_000,
      historyEnabled: true,
      historyMaxTurns: 200,
      historyMaxChars: 200_000,
    },
  }),
  'agent chat that is empty': agent({ chat: {} }),
};

const UNITS = ['ms', 'millisecond', 'milliseconds', 's', 'sec', 'second', 'seconds', 'm', 'min', 'minute', 'minutes'];

describe('manifests of the original', () => {
  it.each(Object.entries(ACCEPTED))('accepts %s', (_, manifest) => {
    const { documents, diagnostics } = parseManifests('a.json', JSON.stringify(manifest));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(documents).toHaveLength(1);
  });

  it.each([...UNITS, 'h', 'hr', 'hour', 'hours', 'HOURS'])('accepts the schedule unit %s', (unit) => {
    const text = JSON.stringify(timer({ scheduleId: 's', scheduleExpr: `every 5 ${unit}` }));
    expect(parseManifests('a.json', text).documents).toHaveLength(1);
  });

  it('keeps what it means', () => {
    const text = JSON.stringify(service({ serviceId: 'own', agent: (agent({}).metadata as JsonObject).agent }));
    const [parsed] = parseManifests('a.json', text).documents;
    expect(parsed?.document).toMatchObject({
      metadata: {
        name: 'main',
        module: 'Main',
        sourceFile: 'src/main.clarity',
        serviceId: 'own',
        agent: { agentId: 'a' },
      },
      spec: { toolNamespace: 'main', origin: { wasmPath: 'build/main.wasm', entry: 'mcp_main' } },
    });
  });

  it('refuses unknown fields, which the original keeps', () => {
    const { diagnostics } = parseManifests('a.json', JSON.stringify(service({ colour: 'red' })));
    expect(diagnostics).toMatchObject([{ severity: 'error', message: 'unknown field "colour" in metadata' }]);
  });

  it.each(['runtime', 'Clarity '])('refuses the reserved namespace %s', (toolNamespace) => {
    const { diagnostics } = parseManifests('a.json', JSON.stringify(service({}, { toolNamespace })));
    expect(diagnostics.map(({ message }) => message).join()).toContain('reserved');
  });
});
