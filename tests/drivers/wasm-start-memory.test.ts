import { describe, expect, it } from 'vitest';
import { limitMemory } from '../../src/drivers/wasm/start/limit-memory.ts';
import { bytes, MEMORY_EXPORT, wasmSections } from '../helpers/wasm-sections.ts';

/** `grow(pages)` is the module's own memory.grow. */
function growing(...limits: readonly number[]): Uint8Array {
  return wasmSections([
    [1, bytes(1, 0x60, 1, 0x7f, 1, 0x7f)],
    [3, bytes(1, 0)],
    [5, bytes(1, ...limits)],
    [7, bytes(2, 6, ...Buffer.from('memory'), 2, 0, 4, ...Buffer.from('grow'), 0, 0)],
    [10, bytes(1, 6, 0, 0x20, 0, 0x40, 0, 0x0b)],
  ]);
}
function grown(wasm: Uint8Array, pages: number): number {
  const { grow } = new WebAssembly.Instance(new WebAssembly.Module(wasm), {}).exports;
  return (grow as (pages: number) => number)(pages);
}

describe('the memory of a module', () => {
  it('does not grow above the limit, not even by its own instruction', () => {
    const wasm = limitMemory(growing(1, 1, 16), 4);
    expect(grown(wasm, 3)).toBe(1);
    expect(grown(wasm, 4)).toBe(-1);
  });

  it('has a limit where the module names none, or a very high one', () => {
    for (const limits of [
      [0, 1],
      [1, 1, 0x80, 0x80, 0x04],
    ]) {
      expect(grown(growing(...limits), 4096)).toBe(1);
      expect(grown(limitMemory(growing(...limits)), 4096)).toBe(-1);
      expect(grown(limitMemory(growing(...limits)), 4095)).toBe(1);
    }
  });

  it('is left as it is where its own limit is lower', () => {
    const wasm = growing(1, 1, 2);
    expect(limitMemory(wasm)).toBe(wasm);
    expect(limitMemory(wasm, 3)).toBe(wasm);
  });

  it.each<[string, Uint8Array, string]>([
    ['starts above the limit', growing(0, 5), 'starts with 5 pages of 64 KiB, and it may have 4'],
    ['is shared', growing(3, 1, 2), 'shared'],
    ['is none', wasmSections([MEMORY_EXPORT]), 'one memory'],
  ])('is refused where it %s', (_, wasm, why) => expect(() => limitMemory(wasm, 4)).toThrow(why));
});
