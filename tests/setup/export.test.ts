import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { API_VERSION, looksSecret, parseManifests, toYaml, type ServiceManifest } from '../../src/manifest/index.ts';
import {
  directConfig,
  EXPORT_CLIENTS,
  gatewayConfig,
  gatewayEntry,
  importServers,
  type ExportClient,
} from '../../src/setup/index.ts';
import type { JsonObject } from '../../src/shared/json.ts';

const ref = (name: string) => ['$', `{${name}}`].join('');

function service(origin: JsonObject, spec: JsonObject = {}, name = 'x'): ServiceManifest {
  const text = toYaml({ apiVersion: API_VERSION, kind: 'MCPService', metadata: { name }, spec: { ...spec, origin } });
  const { documents, diagnostics } = parseManifests('m.yaml', text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return documents[0]?.document as ServiceManifest;
}

describe('the gateway for each client', () => {
  const http = gatewayEntry({ transport: 'http', tokenEnv: 'T' }, 'http://127.0.0.1:9');
  const url = 'http://127.0.0.1:9/mcp';
  it.each([
    [
      'claude',
      { mcpServers: { clarity_gateway: { type: 'http', url, headers: { Authorization: `Bearer ${ref('T')}` } } } },
    ],
    ['cursor', { mcpServers: { clarity_gateway: { url, headers: { Authorization: `Bearer ${ref('env:T')}` } } } }],
    [
      'vscode',
      { servers: { clarity_gateway: { type: 'http', url, headers: { Authorization: `Bearer ${ref('env:T')}` } } } },
    ],
  ] satisfies [ExportClient, object][])('%s', (client, config) => {
    expect(JSON.parse(gatewayConfig(client, http))).toEqual(config);
  });

  it('codex and claude-desktop', () => {
    expect(gatewayConfig('codex', http)).toBe(
      `[mcp_servers.clarity_gateway]\nurl = "${url}"\nbearer_token_env_var = "T"\n`,
    );
    const stdio = gatewayEntry({ tokenEnv: 'T' }, 'http://127.0.0.1:4707');
    expect(JSON.parse(gatewayConfig('claude-desktop', stdio))).toEqual({
      mcpServers: { clarity_gateway: { command: 'clarityctl', args: ['gateway', 'serve', '--stdio'] } },
    });
  });
});

describe('the servers themselves', () => {
  it.each(EXPORT_CLIENTS)('%s: what its file cannot say is told', (client) => {
    const manifests = [
      service({ type: 'local_wasm' }, {}, 'program'),
      service({ type: 'local_stdio', command: 'a', env: [{ name: 'K', secretRef: 'file:k' }] }, {}, 'keyed'),
    ];
    const { text, notes } = directConfig(client, manifests);
    expect(text).not.toContain('program');
    expect(notes).toEqual([
      expect.stringMatching(/^program: a Clarity program/),
      expect.stringMatching(/^keyed: K comes from file:k/),
    ]);
  });

  it('a disabled one is left out where the file has no word for it', () => {
    const off = service({ type: 'local_stdio', command: 'a' }, { enabled: false });
    expect(directConfig('claude', [off]).notes).toEqual(['x: not enabled; left out']);
    expect(directConfig('codex', [off]).text).toContain('enabled = false');
  });
});

/** Nothing that an import takes for a secret or a reference: those change their form, and have tests of their own. */
const plain = fc.stringMatching(/^[a-z][a-z0-9 ./]{0,8}[a-z]$/);
const variable = fc.stringMatching(/^V[A-Z0-9_]{0,6}$/).filter((name) => !looksSecret(name));
const entries = (secret: boolean) =>
  fc.uniqueArray(
    variable.chain((name) =>
      fc.oneof(
        fc.record({ name: fc.constant(name), value: plain }),
        ...(secret ? [fc.constant({ name, secretRef: `env:${name}` })] : []),
      ),
    ),
    { selector: ({ name }) => name, maxLength: 3 },
  );
const stdio = (secret: boolean) =>
  fc.record({
    type: fc.constant('local_stdio'),
    command: plain,
    args: fc.array(plain, { maxLength: 3 }),
    env: entries(secret),
  });
const remote = fc.record(
  {
    type: fc.constant('remote_mcp'),
    endpoint: fc.constantFrom('https://a.example/mcp', 'http://127.0.0.1:9/x?y=1'),
    authRef: fc.oneof(
      variable.map((name) => `env:${name}`),
      variable.map((name) => `header_env:Authorization:${name}`),
    ),
    headers: entries(true),
  },
  { requiredKeys: ['type', 'endpoint'] },
);

describe('import of an export', () => {
  const origins: Record<ExportClient, fc.Arbitrary<JsonObject>> = {
    claude: fc.oneof(stdio(true), remote),
    'claude-desktop': stdio(false),
    cursor: fc.oneof(stdio(true), remote),
    vscode: fc.oneof(stdio(true), remote),
    codex: fc.oneof(stdio(false), remote),
  };
  it.each(EXPORT_CLIENTS)('%s keeps the meaning', (client) => {
    fc.assert(
      fc.property(fc.array(origins[client], { minLength: 1, maxLength: 3 }), (list) => {
        const before = list.map((origin, index) => service(origin, {}, `s${String(index)}`));
        const { text, notes } = directConfig(client, before);
        expect(notes).toEqual([]);
        const after = importServers([{ file: 'f', text }], undefined).map(({ manifest, problem }) => {
          expect(problem).toBeUndefined();
          return parseManifests('f', manifest ?? '').documents[0]?.document as ServiceManifest;
        });
        expect(after.map(meaning)).toEqual(before.map(meaning));
      }),
      { numRuns: 50 },
    );
  });
});

function meaning({ metadata, spec }: ServiceManifest) {
  const { origin } = spec;
  const sorted = 'headers' in origin ? { headers: [...origin.headers].sort((a, b) => (a.name < b.name ? -1 : 1)) } : {};
  return {
    name: metadata.name,
    enabled: spec.enabled,
    startTimeoutMs: spec.startTimeoutMs,
    origin: { ...origin, ...sorted },
  };
}
