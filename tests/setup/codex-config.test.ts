import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { readCodexServer, removeCodexServer, setCodexServer } from '../../src/setup/clients/codex-config.ts';
import { gatewayEntry, type GatewayEntry } from '../../src/setup/clients/gateway-entry.ts';

const stdio = gatewayEntry({}, 'http://127.0.0.1:4707');
const http = gatewayEntry({ transport: 'http' }, 'http://127.0.0.1:4707');
const OURS = '[mcp_servers.clarity_gateway]\ncommand = "clarityctl"\nargs = ["gateway", "serve", "--stdio"]\n';
const set = (text: string, entry: GatewayEntry = stdio) => setCodexServer('config.toml', text, entry);

const FULL = `# my settings
model = "gpt-5.1" # the big one

[mcp_servers.docs]
command = "npx"
args = [
  "-y", # yes
  "docs-server",
]
[mcp_servers.docs.env]
KEY = "a#b"

[[profiles]]
name = 'x'
notes = """
[mcp_servers.clarity_gateway]
not a table
"""
`;

describe('our table in ~/.codex/config.toml', () => {
  it.each([
    ['an empty file', '', OURS],
    ['a byte order mark alone', '\uFEFF', `\uFEFF${OURS}`],
    ['a file with much else', FULL, `${FULL}\n${OURS}`],
    ['no line feed at the end', 'a = 1', `a = 1\n\n${OURS.trimEnd()}`],
    ['CRLF', 'a = 1\r\n', `a = 1\r\n\r\n${OURS.replaceAll('\n', '\r\n')}`],
    ['a section open at the end', '[tui]\n# theme\n', `[tui]\n# theme\n\n${OURS}`],
  ])('%s', (_what, before, after) => {
    expect(set(before)).toBe(after);
    expect(set(after)).toBe(after);
    expect(removeCodexServer('config.toml', after)).toBe(before);
  });

  it('is edited in its place: comments, further keys and the tables below stay', () => {
    const before =
      '[mcp_servers.clarity_gateway] # the gateway\n# how\ncommand = "old" # here\nstartup_timeout_sec = 20\n\n' +
      '[mcp_servers.clarity_gateway.env]\nA = "b"\n\n[other]\nx = 1\n';
    const after = set(before);
    expect(after).toBe(
      '[mcp_servers.clarity_gateway] # the gateway\nargs = ["gateway", "serve", "--stdio"]\n# how\ncommand = "clarityctl" # here\nstartup_timeout_sec = 20\n\n' +
        '[mcp_servers.clarity_gateway.env]\nA = "b"\n\n[other]\nx = 1\n',
    );
    expect(set(after)).toBe(after);
  });

  it('loses what the other transport needs and Codex would refuse, tables below too', () => {
    const before = `${OURS}env_vars = ["X"]\nstartup_timeout_sec = 9\n[mcp_servers.clarity_gateway.env]\nA = "b"\n[other]\n`;
    const over = set(before, http);
    expect(over).toBe(
      '[mcp_servers.clarity_gateway]\nurl = "http://127.0.0.1:4707/mcp"\nstartup_timeout_sec = 9\n[other]\n',
    );
    expect(readCodexServer('', set(over))).toMatchObject({ command: 'clarityctl', startup_timeout_sec: 9 });
  });

  it.each([
    [
      'an inline table',
      '[mcp_servers]\nclarity_gateway = { command = "x", startup_timeout_sec = 5 }\na = { command = "b" }\n',
    ],
    [
      'dotted keys',
      'mcp_servers.clarity_gateway.command = "x"\nmcp_servers.clarity_gateway.startup_timeout_sec = 5\nmcp_servers.a.command = "b"\n',
    ],
    [
      'quoted keys',
      "[ mcp_servers . 'clarity_gateway' ]\ncommand = \"x\"\nstartup_timeout_sec = 5\n[mcp_servers.a]\ncommand = 'b'\n",
    ],
    ['a table below alone', '[mcp_servers.clarity_gateway.env]\nK = "v"\n[mcp_servers.a]\ncommand = "b"\n'],
  ])('%s is understood', (what, before) => {
    const after = set(before);
    const { mcp_servers: servers } = parse(after) as { mcp_servers: Record<string, object> };
    expect(servers.a).toEqual({ command: 'b' });
    expect(servers.clarity_gateway).toMatchObject({ command: 'clarityctl', args: ['gateway', 'serve', '--stdio'] });
    if (!what.includes('below')) expect(servers.clarity_gateway).toMatchObject({ startup_timeout_sec: 5 });
    const gone = parse(removeCodexServer('', after)) as { mcp_servers: Record<string, object> };
    expect(gone.mcp_servers).toEqual({ a: { command: 'b' } });
  });

  it.each([
    ['a value that is none', 'a = 1\nb = [1,\n x]\n', 'config.toml:3: '],
    ['servers as one inline table', 'x = 1\nmcp_servers = { a = { command = "b" } }\n', 'config.toml:2: '],
    ['servers that are no table', 'mcp_servers = 1\n', 'config.toml:1: '],
  ])('%s: told with its line', (_what, before, place) => {
    expect(() => set(before)).toThrow(place);
  });

  it('escapes what it writes', () => {
    const entry: GatewayEntry = { transport: 'http', url: 'http://evil/mcp"\ncommand = "calc\u007f\\' };
    const after = set('a = 1\n', entry);
    expect(parse(after)).toEqual({ a: 1, mcp_servers: { clarity_gateway: { url: entry.url } } });
  });

  it('names the variable of a token, and only one that the bridge reads', () => {
    expect(set('', { ...http, tokenEnv: 'MY_TOKEN' })).toContain('bearer_token_env_var = "MY_TOKEN"');
    expect(set('', { ...stdio, tokenEnv: 'CLARITYD_AUTH_TOKEN' })).toContain('env_vars = ["CLARITYD_AUTH_TOKEN"]');
    expect(() => set('', { ...stdio, tokenEnv: 'MY_TOKEN' })).toThrow('under their own names');
  });

  it('keeps integers that JavaScript cannot hold', () => {
    expect(set('big = 9223372036854775807\n')).toBe(`big = 9223372036854775807\n\n${OURS}`);
  });
});
