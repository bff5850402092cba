import { describe, expect, it } from 'vitest';
import { asksOf, grantedAsks, newAsks, type Capabilities, type WasmOrigin } from '../../src/manifest/index.ts';

const origin = (capabilities?: Capabilities): WasmOrigin => ({
  type: 'local_wasm',
  entry: 'mcp_main',
  args: [],
  env: [],
  limits: { timeoutMs: 1, maxConcurrency: 1, countWaits: false },
  ...(capabilities === undefined ? {} : { capabilities }),
});
const granted = (names: string[], capabilities?: Capabilities) =>
  grantedAsks(origin(capabilities), asksOf(names)).map(({ need, granted: yes, add }) => [need, yes, add]);

describe('what a module asks for', () => {
  it.each<[string, string[], Capabilities | undefined, unknown[]]>([
    ['net with an empty list', ['http_get'], { net: [] }, [['net', true, undefined]]],
    ['net without one', ['http_get'], {}, [['net', false, 'spec.origin.capabilities.net: [HOST]']]],
    ['files that are read', ['list_dir'], {}, [['fs', false, 'spec.origin.capabilities.fs: {read: [.]}']]],
    [
      'files both ways',
      ['read_file', 'write_file'],
      {},
      [['fs', false, 'spec.origin.capabilities.fs: {read: [.], write: [.]}']],
    ],
    ['secrets granted as variables', ['get_secret'], { env: ['A'] }, [['secrets', true, undefined]]],
    ['model: false', ['call_model'], { model: false }, [['model', false, 'spec.origin.capabilities.model: true']]],
    ['what no service has', ['tty_read_key'], { model: true }, [['terminal', false, undefined]]],
    [
      'an original manifest',
      ['call_model', 'hitl_ask', 'mcp_connect'],
      undefined,
      [
        ['model', true, undefined],
        ['mcp', false, 'spec.origin.capabilities.mcp: true'],
        ['hitl', true, undefined],
      ],
    ],
  ])('%s', (_what, names, capabilities, expected) => {
    expect(granted(names, capabilities)).toEqual(expected);
  });

  it('newly: classes that came, and imports that came to a class', () => {
    const before = asksOf(['read_file']);
    expect(newAsks(before, asksOf(['read_file']))).toEqual([]);
    expect(newAsks(before, asksOf(['read_file', 'write_file', 'http_get']))).toEqual([
      { need: 'net', imports: ['http_get'] },
      { need: 'fs', imports: ['write_file'] },
    ]);
    expect(newAsks(asksOf(['http_get']), before)).toEqual([{ need: 'fs', imports: ['read_file'] }]);
  });
});
