import { describe, expect, it } from 'vitest';
import { limitModule } from '../../src/drivers/wasm/start/limit-module.ts';
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
    const wasm = limitModule(growing(1, 1, 16), 4);
    expect(grown(wasm, 3)).toBe(1);
    expect(grown(wasm, 4)).toBe(-1);
  });

  it('has a limit where the module names none, or a very high one', () => {
    for (const limits of [
      [0, 1],
      [1, 1, 0x80, 0x80, 0x04],
    ]) {
      expect(grown(growing(...limits), 4096)).toBe(1);
      expect(grown(limitModule(growing(...limits)), 4096)).toBe(-1);
      expect(grown(limitModule(growing(...limits)), 4095)).toBe(1);
    }
  });

  it('is left as it is where its own limit is lower', () => {
    const wasm = growing(1, 1, 2);
    expect(limitModule(wasm)).toBe(wasm);
    expect(limitModule(wasm, 3)).toBe(wasm);
  });

  it.each<[string, Uint8Array, string]>([
    ['starts above the limit', growing(0, 5), 'starts with 5 pages of 64 KiB, and it may have 4'],
    ['is shared', growing(3, 1, 2), 'shared'],
    ['is none', wasmSections([MEMORY_EXPORT]), 'one memory'],
  ])('is refused where it %s', (_, wasm, why) => expect(() => limitModule(wasm, 4)).toThrow(why));
});

/** `grow(entries)` is the module's own table.grow. */
function tabled(...tables: readonly (readonly number[])[]): Uint8Array {
  return wasmSections([
    [1, bytes(1, 0x60, 1, 0x7f, 1, 0x7f)],
    [3, bytes(1, 0)],
    [4, bytes(tables.length, ...tables.flat())],
    [5, bytes(1, 0, 1)],
    [7, bytes(2, 6, ...Buffer.from('memory'), 2, 0, 4, ...Buffer.from('grow'), 0, 0)],
    [10, bytes(1, 9, 0, 0xd0, 0x6f, 0x20, 0, 0xfc, 0x0f, 0, 0x0b)],
  ]);
}
const MANY = [0x80, 0xad, 0xe2, 0x04] as const; // 10 million

describe('the table of a module', () => {
  it('does not grow above the limit, which the heap of the process has room for', () => {
    for (const table of [
      [0x6f, 0, 1],
      [0x6f, 1, 1, ...MANY],
    ]) {
      expect(grown(tabled(table), 65_536)).toBe(1);
      expect(grown(limitModule(tabled(table), 4), 65_536)).toBe(-1);
      expect(grown(limitModule(tabled(table), 4), 65_535)).toBe(1);
    }
  });

  it.each<[string, Uint8Array, string]>([
    ['starts above the limit', tabled([0x6f, 0, ...MANY]), 'starts with 10000000 entries, and it may have 65536'],
    ['is not the only one', tabled([0x6f, 0, 1], [0x6f, 0, 1]), 'more than one table'],
  ])('is refused where it %s', (_, wasm, why) => expect(() => limitModule(wasm)).toThrow(why));
});
