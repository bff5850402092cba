import { describe, expect, it } from 'vitest';
import { clientFiles } from '../../src/setup/clients/client-files.ts';
import { gatewayEntry } from '../../src/setup/clients/gateway-entry.ts';

describe('the entry that a caller asks for', () => {
  it.each([
    [{}, 'http://127.0.0.1:4707', ['gateway', 'serve', '--stdio']],
    [{}, 'http://localhost:4707/', ['gateway', 'serve', '--stdio']],
    [{}, 'http://127.0.0.1:9', ['gateway', 'serve', '--stdio', '--daemon-url', 'http://127.0.0.1:9']],
  ])('%j of %s: the bridge is told of another daemon', (wish, url, args) => {
    expect(gatewayEntry(wish, url)).toEqual({ transport: 'stdio', command: 'clarityctl', args });
  });

  it('points at the daemon where no endpoint is named', () => {
    expect(gatewayEntry({ transport: 'http' }, 'http://127.0.0.1:9')).toMatchObject({ url: 'http://127.0.0.1:9/mcp' });
    const endpoint = 'https://mcp.example.com/x';
    expect(gatewayEntry({ transport: 'http', endpoint }, 'http://127.0.0.1:9')).toMatchObject({ url: endpoint });
  });

  it.each([
    'ftp://a/',
    'mcp',
    'http://evil/mcp"\ncommand = "calc',
    'http://a/ b',
    'http://a/\u0000',
    'http://user:pass@a/mcp',
    'http://token@a/mcp',
  ])('refuses the endpoint %j', (endpoint) => {
    expect(() => gatewayEntry({ transport: 'http', endpoint }, 'http://127.0.0.1:9')).toThrow();
  });

  it.each([
    [{ transport: 'ws' }, 'neither stdio nor http'],
    [{ endpoint: 'http://a/' }, 'of transport http'],
    [{ tokenEnv: 'a b' }, 'no name of an environment variable'],
  ])('refuses %j', (wish, why) => {
    expect(() => gatewayEntry(wish, 'http://127.0.0.1:9')).toThrow(why);
  });
});

describe('the files of the clients', () => {
  it.each([
    [{ HOME: '/h' }, { codex: '/h/.codex/config.toml', claude: '/h/.claude.json' }],
    [
      { HOME: '', USERPROFILE: '/u' },
      { codex: '/u/.codex/config.toml', claude: '/u/.claude.json' },
    ],
    [
      { HOME: '/h', CODEX_HOME: '/c', CLAUDE_CONFIG_DIR: '/d' },
      { codex: '/c/config.toml', claude: '/d/.claude.json' },
    ],
  ])('%j', (env, files) => {
    expect(clientFiles(env)).toEqual(files);
  });

  it('are not guessed without HOME', () => {
    expect(() => clientFiles({})).toThrow('HOME is not set');
  });
});
