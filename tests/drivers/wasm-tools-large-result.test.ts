import { describe, expect, it } from 'vitest';
import { callTool } from '../../src/drivers/wasm/tools/call-tool.ts';
import { program } from '../wasm-host/rig.ts';

const PROGRAM = `module Large

function repeat(text: String, times: Int64) -> String { string_repeat(text, times) }
function fail(text: String, times: Int64) -> Result<Int64, String> { Err(string_repeat(text, times)) }
`;
const TOO_LARGE = {
  result: {
    content: [{ type: 'text', text: 'The result is too large: it has over 16 MiB as JSON.' }],
    isError: true,
  },
  fault: false,
};
const call = (name: string, text: string, times: number) => callTool(program(PROGRAM), name, { text, times });

describe('a result that is large', () => {
  it('is given up to 16 MiB of JSON', () => {
    expect(call('repeat', 'x', 7_000_000).result['structuredContent']).toEqual({ result: 'x'.repeat(7_000_000) });
  });

  it.each([
    ['is written twice', 'repeat', 'x', 8_500_000],
    ['grows by escapes', 'repeat', '\u0001', 1_700_000],
    ['is an Err', 'fail', '\u0001', 3_000_000],
  ])('fails beyond where it %s', (_, name, text, times) => {
    expect(call(name, text, times)).toEqual(TOO_LARGE);
  });
});
