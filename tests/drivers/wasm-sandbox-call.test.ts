import { describe, expect, it } from 'vitest';
import { sandboxRig } from '../helpers/wasm-sandbox.ts';

describe('a call in the sandbox', () => {
  it('gives its result, also the second time', async () => {
    const program = sandboxRig().open();
    expect(await program.text('add', { a: 2, b: 3 })).toBe('5');
    expect(await program.text('add', { a: 20, b: 3 })).toBe('23');
    expect(program.stats()).toEqual({ running: 0, parked: 0, queued: 0, calls: 2, failures: 0 });
  });

  it('runs beside 31 others', async () => {
    const program = sandboxRig().open();
    const sums = await Promise.all(Array.from({ length: 32 }, (_, a) => program.text('add', { a, b: 1 })));
    expect(sums).toEqual(Array.from({ length: 32 }, (_, a) => String(a + 1)));
  });
});
