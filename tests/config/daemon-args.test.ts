import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDaemonArgs, VARIABLES, type Environment, type RuntimeConfig } from '../../src/config/index.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const parse = (argv: readonly string[], env: Environment = {}, cwd = tempFolder()) =>
  parseDaemonArgs(argv, env, cwd, '1.2.3');

function configOf(argv: readonly string[], env: Environment = {}, cwd?: string): RuntimeConfig {
  const command = parse(argv, env, cwd);
  if (command.kind !== 'run') throw new Error(command.text);
  return command.config;
}
const usageError = (message: string) =>
  expect.objectContaining({ code: 'Usage', message: expect.stringContaining(message) });

describe('clarityd without flags', () => {
  it('has the documented defaults', () => {
    const cwd = tempFolder();
    expect(configOf([], {}, cwd)).toEqual({
      workspace: cwd,
      state: join(cwd, '.clarity'),
      host: '127.0.0.1',
      port: 4707,
      allowedHosts: [],
      allowedOrigins: [],
      sources: [{ name: 'services.d', kind: 'dir', path: join(cwd, 'services.d'), explicit: false }],
      logLevel: 'info',
      logFormat: 'pretty',
      limits: {
        remoteTimeoutMs: 20_000,
        remoteMaxPayloadBytes: 1_048_576,
        remoteMaxConcurrency: 8,
        remoteRetryMax: 0,
        remoteRetryBackoffMs: 150,
        wasmTimeoutMs: 2000,
      },
      circuit: { windowMs: 60_000, minCalls: 8, errorRate: 0.6 },
      provisioning: false,
      auditLifecycle: true,
      secretsRoot: join(cwd, '.clarity/secrets'),
      hitlDir: join(cwd, '.clarity-hitl'),
      provisioningApproval: 'none',
      hitlTimeoutMs: 600_000,
      env: {},
    });
  });

  it('is frozen', () => {
    const config = configOf([], { A: 'b' }) as {
      port: number;
      env: Record<string, string>;
      limits: { wasmTimeoutMs: number };
    };
    expect(() => (config.port = 1)).toThrow(TypeError);
    expect(() => (config.env.A = 'c')).toThrow(TypeError);
    expect(() => (config.limits.wasmTimeoutMs = 1)).toThrow(TypeError);
  });
});

describe('a flag, or its variable', () => {
  it.each<[string, readonly string[], Environment, Partial<RuntimeConfig>]>([
    ['--port', ['--port', '0'], { CLARITYD_PORT: '9' }, { port: 0 }],
    ['-p', ['-p', '8080'], {}, { port: 8080 }],
    ['CLARITYD_PORT', [], { CLARITYD_PORT: ' 8081 ' }, { port: 8081 }],
    ['an empty CLARITYD_PORT', [], { CLARITYD_PORT: '' }, { port: 4707 }],
    ['a Kubernetes service link', [], { CLARITYD_PORT: 'tcp://10.0.0.1:4707' }, { port: 4707 }],
    ['--host', ['--host', '0.0.0.0'], { CLARITYD_HOST: '::1' }, { host: '0.0.0.0' }],
    ['CLARITYD_HOST', [], { CLARITYD_HOST: '[::1]' }, { host: '::1' }],
    [
      '--allowed-host',
      ['--allowed-host', 'A.example', '--allowed-host', 'b.example:1'],
      { CLARITYD_ALLOWED_HOST: 'c' },
      { allowedHosts: ['a.example', 'b.example:1'] },
    ],
    ['CLARITYD_ALLOWED_HOST', [], { CLARITYD_ALLOWED_HOST: 'a, [::1]:80,' }, { allowedHosts: ['a', '[::1]:80'] }],
    ['--allowed-origin', ['--allowed-origin', 'https://a.example/'], {}, { allowedOrigins: ['https://a.example'] }],
    [
      'CLARITYD_ALLOWED_ORIGIN',
      [],
      { CLARITYD_ALLOWED_ORIGIN: 'vscode-webview://x' },
      { allowedOrigins: ['vscode-webview://x'] },
    ],
    ['--log-level', ['--log-level', 'debug'], { CLARITYD_LOG_LEVEL: 'error' }, { logLevel: 'debug' }],
    ['CLARITYD_LOG_FORMAT', [], { CLARITYD_LOG_FORMAT: 'json' }, { logFormat: 'json' }],
    [
      'CLARITY_REMOTE_ALLOWED_HOSTS',
      [],
      { CLARITY_REMOTE_ALLOWED_HOSTS: 'A.example,b' },
      { remoteAllowedHosts: ['a.example', 'b'] },
    ],
    ['an empty CLARITY_REMOTE_ALLOWED_HOSTS', [], { CLARITY_REMOTE_ALLOWED_HOSTS: ' ' }, {}],
    ['--auth-token', ['--auth-token', 'flag'], { CLARITYD_AUTH_TOKEN: 'own' }, { authToken: 'flag' }],
    ['CLARITYD_AUTH_TOKEN', [], { CLARITYD_AUTH_TOKEN: ' own ', CLARITY_API_TOKEN: 'original' }, { authToken: 'own' }],
    ['CLARITY_API_TOKEN', [], { CLARITY_API_TOKEN: 'original' }, { authToken: 'original' }],
    [
      'an empty CLARITYD_AUTH_TOKEN',
      [],
      { CLARITYD_AUTH_TOKEN: '', CLARITY_API_TOKEN: 'original' },
      { authToken: 'original' },
    ],
  ])('%s', (_, argv, env, expected) => expect(configOf(argv, env)).toMatchObject(expected));

  it('sets the limits', () => {
    const env = {
      CLARITY_REMOTE_DEFAULT_TIMEOUT_MS: '1',
      CLARITY_REMOTE_MAX_PAYLOAD_BYTES: '2048',
      CLARITY_REMOTE_MAX_CONCURRENCY: '3',
      CLARITY_REMOTE_RETRY_MAX: '4',
      CLARITY_REMOTE_RETRY_BACKOFF_MS: '5',
      CLARITY_LOCAL_FN_TIMEOUT_MS: '6',
    };
    expect(Object.values(configOf([], env).limits)).toEqual([1, 2048, 3, 4, 5, 6]);
  });

  it('sets when circuit breakers open', () => {
    const env = {
      CLARITY_TOOL_CIRCUIT_WINDOW_SECONDS: '30',
      CLARITY_TOOL_CIRCUIT_MIN_CALLS: '1',
      CLARITY_TOOL_CIRCUIT_ERROR_RATE: '.25',
    };
    expect(configOf([], env).circuit).toEqual({ windowMs: 30_000, minCalls: 1, errorRate: 0.25 });
  });

  it('names folders: flags and variables from where one stands, secrets from the workspace', () => {
    const cwd = tempFolder();
    mkdirSync(join(cwd, 'work'));
    const argv = [
      '--workspace',
      'work',
      '--services',
      'mcp',
      '--source',
      'dir:team/services',
      '--source',
      'dir:other/mcp',
    ];
    const env = { CLARITYD_STATE: 'state', CLARITY_REMOTE_AUTH_FILE_ROOT: 'keys' };
    expect(configOf(argv, env, cwd)).toMatchObject({
      workspace: join(cwd, 'work'),
      state: join(cwd, 'state'),
      secretsRoot: join(cwd, 'work/keys'),
      sources: [
        { name: 'mcp', path: join(cwd, 'mcp'), explicit: true },
        { name: 'services', path: join(cwd, 'team/services'), explicit: true },
        { name: 'mcp-2', path: join(cwd, 'other/mcp'), explicit: true },
      ],
    });
  });

  it('reads the token from a file, and warns where others can read it', () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'token'), '  from-file\n', { mode: 0o600 });
    for (const [argv, env] of [
      [['--auth-token-file', 'token'], { CLARITYD_AUTH_TOKEN: 'own' }],
      [[], { CLARITYD_AUTH_TOKEN_FILE: 'token', CLARITY_API_TOKEN: 'original' }],
    ] as const)
      expect(parse(argv, env, cwd)).toMatchObject({ config: { authToken: 'from-file' }, warnings: [] });
    chmodSync(join(cwd, 'token'), 0o644);
    expect(parse(['--auth-token-file', 'token'], {}, cwd)).toMatchObject({
      warnings: [expect.stringContaining('chmod 600')],
    });
  });
});

describe('a mistake is named', () => {
  it.each<[readonly string[], Environment, string]>([
    [['--prot', '1'], {}, "unknown option '--prot'"],
    [['extra'], {}, 'too many arguments'],
    [['--port'], {}, 'argument missing'],
    [['--port', '65536'], {}, '--port "65536" is no whole number from 0 to 65535'],
    [['--port', '-1'], {}, '--port "-1"'],
    [[], { CLARITYD_PORT: '1e3' }, 'CLARITYD_PORT "1e3"'],
    [[], { CLARITY_REMOTE_DEFAULT_TIMEOUT_MS: 'soon' }, 'CLARITY_REMOTE_DEFAULT_TIMEOUT_MS "soon"'],
    [[], { CLARITY_REMOTE_MAX_CONCURRENCY: '0' }, 'CLARITY_REMOTE_MAX_CONCURRENCY "0"'],
    [[], { CLARITY_LOCAL_FN_TIMEOUT_MS: '1.5' }, 'CLARITY_LOCAL_FN_TIMEOUT_MS "1.5"'],
    [[], { CLARITY_TOOL_CIRCUIT_WINDOW_SECONDS: '0' }, 'CLARITY_TOOL_CIRCUIT_WINDOW_SECONDS "0"'],
    [[], { CLARITY_TOOL_CIRCUIT_ERROR_RATE: '0' }, 'CLARITY_TOOL_CIRCUIT_ERROR_RATE "0"'],
    [[], { CLARITY_TOOL_CIRCUIT_ERROR_RATE: '60%' }, 'CLARITY_TOOL_CIRCUIT_ERROR_RATE "60%"'],
    [[], { CLARITY_TOOL_CIRCUIT_ERROR_RATE: '1.01' }, 'CLARITY_TOOL_CIRCUIT_ERROR_RATE "1.01"'],
    [['--log-level', 'loud'], {}, '--log-level "loud" is none of trace, debug'],
    [[], { CLARITYD_LOG_FORMAT: 'xml' }, 'CLARITYD_LOG_FORMAT "xml"'],
    [['--host', 'a b'], {}, '--host "a b"'],
    [['--host', ''], {}, '--host is empty'],
    [['--allowed-host', 'http://a'], {}, '--allowed-host "http://a"'],
    [['--allowed-origin', 'a.example'], {}, '--allowed-origin "a.example"'],
    [['--allowed-origin', 'null'], {}, '--allowed-origin "null"'],
    [['--allowed-origin', '*'], {}, '--allowed-origin "*"'],
    [['--source', 'services'], {}, 'write dir:PATH or git+URL#REF:PATH'],
    [['--source', 'git+'], {}, 'names no repository'],
    [['--source', 'git+https://me:pw@x/y'], {}, 'declare it in a document of kind Source with secretRef'],
    [['--source', 'git+https://token@x/y'], {}, '"git+https://***@x/y" has credentials in the address'],
    [['--source', 'git+ssh://git:pw@x/y'], {}, 'with secretRef'],
    [['--source', 'git+http://x/y'], {}, 'must be https, ssh, user@host:path, file or a path'],
    [['--source', 'git+ext::sh -c id'], {}, 'has a blank'],
    [['--source', 'git+ext::id'], {}, 'has no address that git may be given'],
    [['--source', 'git+--upload-pack=id'], {}, 'has no address that git may be given'],
    [['--source', 'git+https://x/y#-x'], {}, 'is no name of a branch or tag'],
    [['--source', 'git+https://x/y#a..b'], {}, 'is no name of a branch or tag'],
    [['--source', 'git+https://x/y#main:../up'], {}, 'must be a folder inside of the repository'],
    [['--source', 'git+https://x/y#main:/etc'], {}, 'must be a folder inside of the repository'],
    [['--source', 'git+https://x/y', '--source', 'git+https://x/y#:services.d'], {}, 'is given twice'],
    [['--source', 'dir:services.d'], {}, 'is given twice'],
    [['--workspace', 'none'], {}, '--workspace "none" is no folder'],
    [['--auth-token', ''], {}, '--auth-token is empty'],
    [['--auth-token', 'a', '--auth-token-file', 'b'], {}, 'exclude each other'],
    [['--auth-token-file', 'none'], {}, '--auth-token-file "none" cannot be read'],
  ])('%j %j: %s', (argv, env, message) => {
    expect(() => parse(argv, env)).toThrow(usageError(message));
  });

  it('without showing a token', () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'two'), 'my secret', { mode: 0o600 });
    for (const [argv, env] of [
      [['--auth-token', 'my secret'], {}],
      [[], { CLARITYD_AUTH_TOKEN: 'my secret' }],
      [['--auth-token-file', 'two'], {}],
    ] as const)
      expect(() => parse(argv, env, cwd)).toThrow(
        expect.objectContaining({ code: 'Usage', message: expect.not.stringContaining('my secret') }),
      );
  });
});

describe('help and version', () => {
  const textOf = (flag: string) => {
    const command = parse([flag]);
    return command.kind === 'print' ? command.text : '';
  };

  it('--version is the version', () => expect(textOf('--version')).toBe('1.2.3\n'));

  it('--help shows each flag with its variable, and examples', () => {
    const text = textOf('--help').replace(/\s+/g, ' ');
    for (const variable of VARIABLES) {
      if (!('flag' in variable)) continue;
      expect(text).toContain(`${variable.flag} `);
      expect(text).toContain(`[${variable.name}]`);
    }
    expect(text).toContain('clarityd --services ./mcp --port 0');
    expect(text).toContain('3 another daemon holds the state directory');
  });
});
