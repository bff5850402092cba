import { describe, expect, it } from 'vitest';
import { readClaudeServer, removeClaudeServer, setClaudeServer } from '../../src/setup/clients/claude-config.ts';
import { gatewayEntry, type GatewayEntry } from '../../src/setup/clients/gateway-entry.ts';

const stdio = gatewayEntry({}, 'http://127.0.0.1:4707');
const http = gatewayEntry({ transport: 'http' }, 'http://127.0.0.1:9/');
const set = (text: string, entry: GatewayEntry = http) => setClaudeServer('.claude.json', text, entry);
const remove = (text: string) => removeClaudeServer('.claude.json', text);

describe('our entry in ~/.claude.json', () => {
  it('is what Claude Code reads', () => {
    expect(JSON.parse(set(''))).toEqual({
      mcpServers: { clarity_gateway: { type: 'http', url: 'http://127.0.0.1:9/mcp' } },
    });
    expect(JSON.parse(set('', stdio))).toEqual({
      mcpServers: { clarity_gateway: { command: 'clarityctl', args: ['gateway', 'serve', '--stdio'] } },
    });
  });

  it.each([
    ['two spaces', '{\n  "numStartups": 7,\n  "projects": {\n    "/w": { "mcpServers": { "x": {} } }\n  }\n}\n'],
    ['tabs and no line feed at the end', '{\n\t"a": [1, 2],\n\t"mcpServers": {\n\t\t"x": { "command": "y" }\n\t}\n}'],
    ['one line', '{"a":1,"mcpServers":{"x":{"command":"y"}}}'],
    ['CRLF and a byte order mark', '\uFEFF{\r\n    "a": 1\r\n}\r\n'],
    ['comments', '{\n  // about a\n  "a": 1 // one\n  /* the end */\n}\n'],
    ['an empty object', '{}\n'],
    ['members with hostile names', '{\n  "__proto__": 1,\n  "constructor": {"a": "}"}\n}'],
  ])('%s: everything else stays, and removing gives the bytes of before', (_what, before) => {
    const after = set(before);
    expect(readClaudeServer('', after)).toEqual({ type: 'http', url: 'http://127.0.0.1:9/mcp' });
    expect(set(after)).toBe(after);
    expect(remove(after)).toBe(before);
    for (const line of before.split(/\r?\n/).filter((each) => each.includes('//'))) {
      const [code = '', comment = ''] = line.split(' //');
      expect(after).toContain(code);
      expect(after).toContain(comment);
    }
  });

  it('is written with the indentation of the file', () => {
    expect(set('{\n\t"a": 1\n}')).toBe(
      '{\n\t"a": 1,\n\t"mcpServers": {\n\t\t"clarity_gateway": {\n\t\t\t"type": "http",\n\t\t\t"url": "http://127.0.0.1:9/mcp"\n\t\t}\n\t}\n}',
    );
  });

  it('is mended where the original wrote it: transport is not read, type is; further keys stay', () => {
    const before = '{"mcpServers":{"clarity_gateway":{"transport":"http","url":"http://old/","timeout":5}}}';
    expect(JSON.parse(set(before))).toEqual({
      mcpServers: { clarity_gateway: { timeout: 5, url: 'http://127.0.0.1:9/mcp', type: 'http' } },
    });
    const back = JSON.parse(set(set(before), stdio)) as { mcpServers: Record<string, unknown> };
    expect(back.mcpServers.clarity_gateway).toEqual({
      timeout: 5,
      command: 'clarityctl',
      args: stdio.transport === 'stdio' ? stdio.args : [],
    });
  });

  it('keeps headers and variables beside ours, and names the variable of a token', () => {
    const before = '{"mcpServers":{"clarity_gateway":{"type":"http","url":"http://old/","headers":{"X-A":"b"}}}}';
    expect(readClaudeServer('', set(before, { ...http, tokenEnv: 'MY_TOKEN' }))).toMatchObject({
      headers: { 'X-A': 'b', Authorization: ['Bearer $', '{MY_TOKEN}'].join('') },
    });
    expect(readClaudeServer('', set('', { ...stdio, tokenEnv: 'MY_TOKEN' }))).toMatchObject({
      env: { CLARITYD_AUTH_TOKEN: ['$', '{MY_TOKEN}'].join('') },
    });
  });

  it.each([
    ['first', '{"mcpServers":{"clarity_gateway":{},"b":{}}}', '{"mcpServers":{"b":{}}}'],
    [
      'between',
      '{\n  "mcpServers": {\n    "a": {},\n    "clarity_gateway": {},\n    "b": {}\n  }\n}',
      '{\n  "mcpServers": {\n    "a": {},\n    "b": {}\n  }\n}',
    ],
    [
      'alone: mcpServers goes too',
      '{\n  "mcpServers": {\n    "clarity_gateway": {}\n  },\n  "z": 1\n}',
      '{\n  "z": 1\n}',
    ],
    ['twice', '{"mcpServers":{"clarity_gateway":1,"b":{},"clarity_gateway":{}}}', '{"mcpServers":{"b":{}}}'],
    ['nowhere', '{"mcpServers":{}}', '{"mcpServers":{}}'],
  ])('removed where it stands %s', (_what, before, after) => {
    expect(remove(before)).toBe(after);
  });

  it.each([
    ['a trailing comma', '{\n  "a": 1,\n}\n', '.claude.json:3: '],
    ['half a file', '{"a": ', '.claude.json:1: '],
    ['no object', '[]', '.claude.json:1: '],
    ['servers that are a list', '{\n"mcpServers": []}', '.claude.json:2: '],
    ['text behind it', '{}\n{}', '.claude.json:2: '],
    ['a bad escape', '{\n"a":\n"\\x"}', '.claude.json:3: '],
  ])('%s: told with its line', (_what, before, place) => {
    expect(() => set(before)).toThrow(place);
  });
});
