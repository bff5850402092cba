import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import { importServers } from '../../src/setup/index.ts';

const read = (text: object | string, file = 'mcp.json') =>
  importServers([{ file, text: typeof text === 'string' ? text : JSON.stringify(text) }], '/home/me');
const one = (server: object) => read({ mcpServers: { x: server } })[0];
const rawOf = (manifest: string | undefined) => parseManifests('m', manifest ?? '').documents[0]?.raw;
const ref = (name: string) => ['$', `{${name}}`].join('');

describe('the files that clients have', () => {
  const files = { command: 'npx', args: ['-y', 'files', './docs'] };
  const spec = { origin: { type: 'local_stdio', ...files } };
  it.each([
    ['mcpServers', JSON.stringify({ numStartups: 3, mcpServers: { files } })],
    [
      'VS Code with comments and trailing commas',
      `{\n  // mine\n  "inputs": [],\n  "servers": { "files": { "type": "stdio", "command": "npx", "args": ["-y", "files", "./docs",] }, },\n}`,
    ],
    ['VS Code’s settings', JSON.stringify({ 'editor.fontSize': 3, mcp: { servers: { files } } })],
    ['a byte order mark', `\uFEFF${JSON.stringify({ mcpServers: { files } })}`],
    ['Codex', '# mine\n[mcp_servers.files]\ncommand = "npx"\nargs = ["-y", "files", "./docs"]\n'],
    [
      'Codex with CRLF',
      'model = "x"\r\n[mcp_servers.files]\r\ncommand = "npx"\r\nargs = ["-y", "files", "./docs"]\r\n',
    ],
  ])('%s', (_what, text) => {
    const [server, ...more] = read(text);
    expect(more).toEqual([]);
    expect(server).toMatchObject({ server: 'files', name: 'files', notes: [] });
    expect(rawOf(server?.manifest)).toMatchObject({ metadata: { name: 'files' }, spec });
  });

  it.each([
    ['{"a": [1,}', 'mcp.json:1: '],
    ['[mcp_servers.x\n', 'mcp.json:1: '],
    ['{}', 'no servers are in it'],
    ['a = 1', 'no servers are in it'],
  ])('%j is told', (text, why) => {
    expect(() => read(text)).toThrow(why);
  });
});

describe('a server as a manifest', () => {
  it.each([
    ['a plain variable', { command: 'a', env: { LEVEL: 'debug' } }, { env: [{ name: 'LEVEL', value: 'debug' }] }],
    ['a secret', { command: 'a', env: { API_KEY: 'hush' } }, { env: [{ name: 'API_KEY', secretRef: 'env:API_KEY' }] }],
    [
      'a token under a plain name',
      { command: 'a', env: { GH: 'ghp_abc' } },
      { env: [{ name: 'GH', secretRef: 'env:GH' }] },
    ],
    ['a reference', { command: 'a', env: { K: ref('env:OTHER') } }, { env: [{ name: 'K', secretRef: 'env:OTHER' }] }],
    ['an input', { command: 'a', env: { K: ref('input:my-key') } }, { env: [{ name: 'K', secretRef: 'env:MY_KEY' }] }],
    ['a default', { command: 'a', env: { LEVEL: ref('L:-info') } }, { env: [{ name: 'LEVEL', value: 'info' }] }],
    [
      'places',
      { command: 'a', args: [`${ref('workspaceFolder')}/s.js`, ref('HOME')] },
      { args: ['./s.js', '/home/me'] },
    ],
    ['a folder', { command: 'a', args: ['b'], cwd: '/w' }, { args: ['b'], cwd: '/w' }],
    ['a bearer', { url: 'http://a/', headers: { Authorization: 'Bearer abc' } }, { authRef: 'env:X_TOKEN' }],
    [
      'a bearer by reference',
      { url: 'http://a/', headers: { authorization: `Bearer ${ref('T')}` } },
      { authRef: 'env:T' },
    ],
    [
      'another scheme',
      { url: 'http://a/', headers: { Authorization: 'Basic abc' } },
      { authRef: 'header_env:Authorization:X_AUTHORIZATION' },
    ],
    [
      'headers',
      { url: 'http://a/', headers: { 'X-Api-Key': 'k', 'X-Tenant': 't' } },
      {
        headers: [
          { name: 'X-Api-Key', secretRef: 'env:X_X_API_KEY' },
          { name: 'X-Tenant', value: 't' },
        ],
      },
    ],
    ['the older transport', { type: 'sse', url: 'http://a/sse' }, { transport: 'sse_http', endpoint: 'http://a/sse' }],
    ['a time limit', { command: 'a', timeout: 60 }, { timeoutMs: 60_000 }],
  ])('%s', (_what, server, origin) => {
    const made = one(server);
    expect(made?.problem).toBeUndefined();
    expect(rawOf(made?.manifest)).toMatchObject({ spec: { origin } });
    for (const secret of ['hush', 'ghp_abc', 'Bearer abc', 'Basic abc']) expect(made?.manifest).not.toContain(secret);
  });

  it('is not enabled where the client has it disabled', () => {
    for (const server of [
      { command: 'a', disabled: true },
      { command: 'a', enabled: false },
    ])
      expect(rawOf(one(server)?.manifest)).toMatchObject({ spec: { enabled: false } });
  });

  it('says what to set, and what was not taken over', () => {
    const { notes } = one({ command: 'a', env: { API_KEY: 'hush' }, envFile: '.env' }) ?? { notes: [] };
    expect(notes).toEqual(['set API_KEY for the daemon: its value stands in mcp.json', 'not taken over: envFile']);
  });

  it.each([
    ['a secret argument', { command: 'a', args: ['--api-key', 'hush'] }, 'argument 2 looks like a secret'],
    ['one with =', { command: 'a', args: ['-e', 'GH_TOKEN=hush'] }, 'argument 2 looks like a secret'],
    [
      'a header as an argument',
      { command: 'npx', args: ['mcp-remote', 'http://a/', '--header', 'Authorization: Bearer hush'] },
      'argument 4 looks',
    ],
    ['a password in a URL', { command: 'a', args: ['postgres://me:hush@db/x'] }, 'argument 1 looks'],
    ['a variable in an argument', { command: 'a', args: [ref('WHERE')] }, 'argument 1 is made of a variable'],
    ['a secret in the URL', { url: 'http://a/?api_key=hush' }, 'URL holds a secret'],
    ['a WebSocket', { type: 'ws', url: 'ws://a/' }, 'not supported'],
    ['nothing', {}, 'neither a command nor a url'],
    ['a bad URL', { url: 'ftp://a/' }, 'endpoint'],
    ['a bad variable', { command: 'a', env: { 'A B': 'c' } }, 'name'],
  ])('%s: skipped, and why', (_what, server, why) => {
    const made = one(server);
    expect(made?.manifest).toBeUndefined();
    expect(made?.problem).toContain(why);
    expect(JSON.stringify(made)).not.toContain('hush');
  });

  it('Codex: what only it can say', () => {
    const text =
      '[mcp_servers.r]\nurl = "https://a/mcp"\nbearer_token_env_var = "T"\nenabled = false\nstartup_timeout_sec = 2.5\n' +
      'enabled_tools = ["a"]\ndisabled_tools = ["b"]\nhttp_headers = { "X-A" = "b" }\nenv_http_headers = { "X-K" = "K" }\n' +
      '[mcp_servers.s]\ncommand = "c"\nenv_vars = ["A", { name = "B", source = "remote" }]\ntool_timeout_sec = 9\n';
    const [remote, stdio] = read(text).map(({ manifest }) => rawOf(manifest));
    expect(remote).toMatchObject({
      spec: {
        enabled: false,
        startTimeoutMs: 2500,
        tools: { allow: ['a'], deny: ['b'] },
        origin: {
          authRef: 'env:T',
          headers: [
            { name: 'X-A', value: 'b' },
            { name: 'X-K', secretRef: 'env:K' },
          ],
        },
      },
    });
    expect(stdio).toMatchObject({ spec: { origin: { inheritEnv: ['A', 'B'], timeoutMs: 9000 } } });
  });
});

describe('names', () => {
  it('are made valid, numbered over all files, and kept for people', () => {
    const names = (...keys: string[]) =>
      keys.map((key) => ({ file: 'f', text: JSON.stringify({ mcpServers: { [key]: { command: 'a' } } }) }));
    const made = importServers(
      names('My Server', 'my_server', 'my-server', 'runtime', '日本', 'é'.repeat(90)),
      undefined,
    );
    expect(made.map(({ name }) => name)).toEqual([
      'my-server',
      'my-server-2',
      'my-server-3',
      'runtime-server',
      'server',
      'e'.repeat(63),
    ]);
    expect(made[0]?.manifest).toContain('displayName: My Server');
  });

  it('of variables are told apart where two servers mean different secrets', () => {
    const servers = {
      a: { command: 'a', env: { API_KEY: '1' } },
      b: { command: 'b', env: { API_KEY: '2' } },
      c: { command: 'c', env: { API_KEY: '1' } },
    };
    const refs = read({ mcpServers: servers }).map(({ manifest }) => /secretRef: (.*)/.exec(manifest ?? '')?.[1]);
    expect(refs).toEqual(['env:API_KEY', 'env:B_API_KEY', 'env:API_KEY']);
  });

  it('our own gateway is left alone', () => {
    const servers = {
      clarity_gateway: { url: 'http://a/' },
      mine: { command: '/usr/bin/clarityctl', args: ['gateway', 'serve', '--stdio'] },
    };
    expect(read({ mcpServers: servers })).toMatchObject([{ own: true }, { own: true }]);
  });
});

describe('the registry of the original', () => {
  it('gives its manifests back, without secrets, disabled where they were', () => {
    const manifest = {
      apiVersion: 'clarity.runtime/v1',
      kind: 'MCPService',
      metadata: {
        sourceFile: 'a.clarity',
        module: 'Hello_World',
        serviceType: 'mcp',
        serviceId: 'svc_0123456789ab',
        createdAt: '2026-01-01T00:00:00.000Z',
      },
      spec: {
        enabled: true,
        autostart: true,
        policyRef: 'default',
        restartPolicy: { mode: 'on-failure', maxRestarts: 5, windowSeconds: 60 },
        origin: {
          type: 'local_wasm',
          wasmPath: 'a.wasm',
          entry: 'mcp_main',
          env: [{ name: 'API_KEY', value: 'hush' }],
        },
      },
    };
    const made = read(
      { version: 1, updatedAt: '', services: [{ manifest, runtime: { enabled: false } }, {}] },
      'registry.json',
    );
    expect(made[0]).toMatchObject({ name: 'hello-world', server: 'Hello_World' });
    expect(rawOf(made[0]?.manifest)).toMatchObject({
      metadata: { name: 'hello-world', serviceId: 'svc_0123456789ab' },
      spec: { enabled: false, origin: { env: [{ name: 'API_KEY', secretRef: 'env:API_KEY' }] } },
    });
    expect(made[0]?.manifest).not.toContain('hush');
    expect(made[1]).toMatchObject({ problem: 'it has no manifest' });
  });
});
