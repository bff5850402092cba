import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { removeClaudeServer, setClaudeServer } from '../../src/setup/clients/claude-config.ts';
import { removeCodexServer, setCodexServer } from '../../src/setup/clients/codex-config.ts';
import type { GatewayEntry } from '../../src/setup/clients/gateway-entry.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
/** Nothing that is ours, and nothing that counts as nothing once we are gone. */
const notOurs = (key: string) => !['mcpServers', 'mcp_servers', 'clarity_gateway'].includes(key);
const key = fc.oneof(word, fc.string({ maxLength: 6 })).filter(notOurs);

const entry: fc.Arbitrary<GatewayEntry> = fc.oneof(
  fc.record({ transport: fc.constant('http' as const), url: fc.string({ unit: 'binary-ascii' }) }),
  fc.record({
    transport: fc.constant('stdio' as const),
    command: fc.string({ unit: 'binary-ascii' }),
    args: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
  }),
);

const json = fc.record({
  value: fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 5 }),
  servers: fc.option(fc.dictionary(key, fc.dictionary(key, fc.jsonValue({ maxDepth: 1 })), { minKeys: 1, maxKeys: 3 })),
  indent: fc.constantFrom('', ' ', '  ', '\t'),
  feed: fc.constantFrom('\n', '\r\n'),
  end: fc.constantFrom('', '\n'),
  mark: fc.constantFrom('', '\uFEFF'),
});

const jsonText = json.map(({ value, servers, indent, feed, end, mark }) => {
  const all = servers === null ? value : { ...value, mcpServers: servers };
  return mark + (JSON.stringify(all, undefined, indent) + end).replaceAll('\n', feed);
});

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const table = fc.dictionary(key, scalar, { maxKeys: 4 });
const comment = fc.constantFrom('# a note\n', '\n', '# [mcp_servers.clarity_gateway]\n', '');

const tomlText = fc
  .record({
    top: table,
    servers: fc.dictionary(key, table, { maxKeys: 3 }),
    before: comment,
    after: comment,
    feed: fc.constantFrom('\n', '\r\n'),
    cut: fc.boolean(),
  })
  .map(({ top, servers, before, after, feed, cut }) => {
    const some = Object.keys(servers).length === 0 ? {} : { mcp_servers: servers };
    const text = before + stringify({ ...top, ...some }) + after;
    return (cut ? text.trimEnd() : text).replaceAll('\n', feed);
  });

describe('bootstrap, then remove', () => {
  it('gives the bytes of before: JSON', () => {
    fc.assert(
      fc.property(jsonText, entry, entry, (before, one, two) => {
        const after = setClaudeServer('', before, one);
        expect(setClaudeServer('', after, one)).toBe(after);
        expect(removeClaudeServer('', after)).toBe(before);
        expect(removeClaudeServer('', setClaudeServer('', after, two))).toBe(before);
      }),
    );
  });

  it('gives the bytes of before: TOML', () => {
    fc.assert(
      fc.property(tomlText, entry, entry, (before, one, two) => {
        const after = setCodexServer('', before, one);
        expect(setCodexServer('', after, one)).toBe(after);
        expect(removeCodexServer('', after)).toBe(before);
        expect(removeCodexServer('', setCodexServer('', after, two))).toBe(before);
      }),
    );
  });
});
