import { describe, expect, it } from 'vitest';
import { localManifest } from '../../../src/gateway/builtin/provisioning/local-manifest.ts';
import type { RegisterArgs } from '../../../src/gateway/builtin/provisioning/registration.ts';
import { remoteManifest } from '../../../src/gateway/builtin/provisioning/remote-manifest.ts';
import { stdioManifest } from '../../../src/gateway/builtin/provisioning/stdio-manifest.ts';
import { parseManifests, type ServiceManifest } from '../../../src/manifest/index.ts';

const USUAL: RegisterArgs = {
  service_type: 'mcp',
  autostart: true,
  enabled: true,
  start_now: true,
  introspect: true,
};
const REMOTE = { ...USUAL, endpoint: 'https://api.example.com/v1/Search-MCP', transport: 'streamable_http' } as const;

/** As the daemon will read it. */
function read(text: string): ServiceManifest {
  const { documents, diagnostics } = parseManifests('built.yaml', text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return documents[0]?.document as ServiceManifest;
}

describe('the manifest that a register tool writes', () => {
  it('of a module: names as the original derives them, and its defaults', () => {
    const text = localManifest({ ...USUAL, wasm_path: 'build/Text Tools.wasm', entry: 'mcp_main' });
    expect(read(text)).toMatchObject({
      metadata: { name: 'text-tools', module: 'Text Tools', sourceFile: 'build/Text Tools.wasm', serviceType: 'mcp' },
      spec: {
        enabled: true,
        autostart: true,
        policyRef: 'default',
        toolNamespace: 'text_tools',
        restartPolicy: { mode: 'on-failure', maxRestarts: 5, windowSeconds: 60 },
        origin: { type: 'local_wasm', wasmPath: 'build/Text Tools.wasm', entry: 'mcp_main' },
      },
    });
  });

  it('has the service id of the original: a hash of source, module and path', () => {
    const { metadata } = read(localManifest({ ...USUAL, wasm_path: 'a.wasm', source_file: 'a.src', entry: 'x' }));
    expect(metadata.serviceId).toMatch(/^svc_[0-9a-f]{12}$/);
    expect(metadata).toMatchObject({ module: 'a', sourceFile: 'a.src' });
  });

  it.each([
    ['https://api.example.com/v1/Search-MCP', 'Search-MCP', 'search-mcp'],
    ['https://api.example.com/', 'api.example.com', 'api-example-com'],
    ['http://127.0.0.1:9/mcp', 'mcp', 'mcp'],
  ])('of a remote server at %s: module %s', (endpoint, module, name) => {
    const manifest = read(remoteManifest({ ...REMOTE, endpoint }));
    expect(manifest.metadata).toMatchObject({ module, name, sourceFile: endpoint });
    expect(manifest.spec.origin).toMatchObject({ type: 'remote_mcp', endpoint, transport: 'streamable_http' });
  });

  it('of a remote server: every limit and the reference of its secret', () => {
    const limits = { timeout_ms: 5000, max_payload_bytes: 2048, max_concurrency: 2, allowed_tools: ['find'] };
    const { spec } = read(remoteManifest({ ...REMOTE, ...limits, auth_ref: 'env:TOKEN', transport: 'sse_http' }));
    expect(spec.origin).toMatchObject({
      authRef: 'env:TOKEN',
      transport: 'sse_http',
      timeoutMs: 5000,
      maxPayloadBytes: 2048,
      maxConcurrency: 2,
      allowedTools: ['find'],
    });
  });

  it('of a program: command, arguments, folder, variables and references of secrets', () => {
    const { metadata, spec } = read(
      stdioManifest({
        ...USUAL,
        name: 'files',
        command: 'npx',
        args: ['-y', 'server', './docs'],
        cwd: 'work',
        env: { LEVEL: 'debug' },
        secret_env: { API_KEY: 'file:api_key' },
        inherit_env: ['EDITOR'],
      }),
    );
    expect(metadata).toMatchObject({ name: 'files', module: 'files' });
    expect(spec.origin).toMatchObject({
      type: 'local_stdio',
      command: 'npx',
      args: ['-y', 'server', './docs'],
      cwd: 'work',
      env: [
        { name: 'LEVEL', value: 'debug' },
        { name: 'API_KEY', secretRef: 'file:api_key' },
      ],
      inheritEnv: ['EDITOR'],
    });
  });

  it.each([
    [{ start_now: false }, { enabled: true, autostart: false }],
    [{ autostart: false }, { enabled: true, autostart: false }],
    [{ enabled: false }, { enabled: false, autostart: true }],
  ])('%j becomes %j', (args, spec) => {
    expect(read(remoteManifest({ ...REMOTE, ...args })).spec).toMatchObject(spec);
  });

  it('takes names that people chose, and keeps text that looks like YAML text', () => {
    const { metadata, spec } = read(
      remoteManifest({ ...REMOTE, module: 'no', display_name: 'yes: [no]\n#x', tool_namespace: 'My Tools!' }),
    );
    expect(metadata).toMatchObject({ name: 'my-tools', module: 'no', displayName: 'yes: [no]\n#x' });
    expect(spec.toolNamespace).toBe('my_tools');
  });

  it('describes an agent in camel case, with a profile where it is reached by agents', () => {
    const agent_descriptor = { agent_id: 'a', name: 'A', role: 'r', objective: 'o', triggers: ['a2a'] };
    const { metadata } = read(remoteManifest({ ...REMOTE, service_type: 'agent', agent_descriptor }));
    expect(metadata).toMatchObject({
      serviceType: 'agent',
      agent: { agentId: 'a', a2a: { protocol: 'clarity.a2a.v1' } },
    });
  });

  it.each([
    ['an agent without a descriptor', () => remoteManifest({ ...REMOTE, service_type: 'agent' }), 'agent_descriptor'],
    ['what is no URL', () => remoteManifest({ ...REMOTE, endpoint: 'api.example.com' }), 'http:// or https://'],
    ['another scheme', () => remoteManifest({ ...REMOTE, endpoint: 'file:///etc/passwd' }), 'http:// or https://'],
    ['a password in the URL', () => remoteManifest({ ...REMOTE, endpoint: 'http://u:p@h/m' }), 'auth_ref'],
    [
      'a secret in plain text',
      () => stdioManifest({ ...USUAL, name: 'a', command: 'x', env: { GITHUB_TOKEN: 'ghp_1' } }),
      'secret_env: {"GITHUB_TOKEN": "file:github_token"}',
    ],
  ])('refuses %s and says what to do', (_what, build, says) => {
    expect(build).toThrow(says);
  });
});
