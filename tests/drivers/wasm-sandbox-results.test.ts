import { describe, expect, it } from 'vitest';
import { sharedRig } from '../helpers/wasm-sandbox.ts';

const rig = sharedRig();
const TOO_LARGE = 'is too large: an answer has at most 16 MiB of JSON.';

describe('the result of a call', () => {
  it('may be large', async () => {
    expect(await rig.open().text('big', { n: 700_000 })).toHaveLength(7_000_000);
  });

  it.each([
    ['as a text, which is there twice', 900_000, '0123456789'],
    ['for its escapes', 300_000, '\\u0001\\u0001\\u0001\\u0001\\u0001\\u0001\\u0001\\u0001'.slice(0, 48)],
  ])('is an error where it is too large %s', async (_, n, text) => {
    const program = rig.open(`module M\nexport function give() -> String { string_repeat("${text}", ${n}) }`);
    const result = await program.call({ function: 'give', arguments: {} });
    expect(result).toEqual({
      content: [{ type: 'text', text: expect.stringContaining(TOO_LARGE) as string }],
      isError: true,
    });
  });

  it('is an error in the original form, and as an Err, too', async () => {
    const program = rig.open(
      'module M\nexport function give(n: Int64) -> Result<Int64, String> { Err(string_repeat("\\n", n)) }',
    );
    expect(await program.text('give', { n: 9_000_000 })).toContain('too large');
    expect(await program.text('give', { args: [9_000_000] })).toContain('too large');
  });
});
