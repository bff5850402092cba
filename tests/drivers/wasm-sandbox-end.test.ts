import { describe, expect, it } from 'vitest';
import { endOf, sandboxRig } from '../helpers/wasm-sandbox.ts';

describe('a program that does not behave', () => {
  it('loops for ever: it is ended with its reason, and a neighbour answers meanwhile', async () => {
    const rig = sandboxRig();
    const [bad, good] = [rig.open(undefined, {}, { timeoutMs: 300 }), rig.open()];
    let ended = false;
    const end = endOf(bad.call({ function: 'spin', arguments: { n: 0 } })).finally(() => (ended = true));
    expect(await good.text('add', { a: 1, b: 1 })).toBe('2');
    expect(ended).toBe(false);
    expect(await end).toEqual({
      reason: 'timeout',
      message: '`spin` ran longer than limits.timeoutMs (300 ms) and was ended.',
    });
    expect(await bad.text('add', { a: 2, b: 2 })).toBe('4');
    await expect.poll(() => bad.stats()).toMatchObject({ running: 0, failures: 1 });
  });

  it.each([
    ['recurses for ever', 'deep', { n: 0 }, /too deeply/],
    ['fills its memory', 'hog', { text: 'x' }, /memory/],
    ['traps', 'divide', { a: 1, b: 0 }, /by zero/],
  ])('%s: the result says so, and its next call is fine', async (_, name, args, text) => {
    const program = sandboxRig().open();
    expect(await program.text(name, args)).toMatch(text);
    expect(await program.text('add', { a: 2, b: 2 })).toBe('4');
    expect(program.stats()).toMatchObject({ failures: 1 });
  });

  it('has a module that cannot be loaded: every call says why', async () => {
    const program = sandboxRig().open(undefined, { wasm: () => Promise.reject(new Error('the file is gone')) });
    const call = () => endOf(program.text('add', { a: 1, b: 1 }));
    const end = { reason: 'crashed', message: 'The module of default/tried cannot be loaded: the file is gone' };
    expect(await Promise.all([call(), call()])).toEqual([end, end]);
    expect(await call()).toEqual(end);
  });

  it('gives a big result', async () => {
    const program = sandboxRig().open();
    expect(String(await program.text('big', { n: 100_000 })).length).toBe(1_000_000);
  });
});
