import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importNames } from '../../src/artifacts/import-names.ts';
import { adder, wasmOf } from '../helpers/wasm-sources.ts';

const ASKING = wasmOf(
  'module A\n\nexport effect[FileSystem] function load(path: String) -> Int64 {\n  string_length(read_file(path))\n}\n',
);

/** A module with one import of each kind: function, table, memory with a maximum, mutable global, tag, typed reference. */
const KINDS = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0], // a type
  ...[2, 55, 6],
  ...[3, 0x65, 0x6e, 0x76, 1, 0x66, 0, 0],
  ...[3, 0x65, 0x6e, 0x76, 1, 0x74, 1, 0x70, 0, 0],
  ...[3, 0x65, 0x6e, 0x76, 1, 0x6d, 2, 1, 0, 1],
  ...[3, 0x65, 0x6e, 0x76, 1, 0x67, 3, 0x7f, 1],
  ...[3, 0x65, 0x6e, 0x76, 1, 0x65, 4, 0, 0],
  ...[1, 0x78, 1, 0x72, 3, 0x63, 0x70, 0],
]);

describe('the names that a module imports', () => {
  it.each([
    ['a module that asks', ASKING],
    ['a module that does not', wasmOf(adder(1))],
    ['an empty module', Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
  ])('are those that the engine sees in %s', (_, wasm) => {
    const engine = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);
    expect(importNames(wasm)).toEqual(engine);
  });

  it('are read behind imports of every kind, from env only', () => {
    expect(importNames(KINDS)).toEqual(['f', 't', 'm', 'g', 'e']);
  });

  it('are an Error or a list, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.nat(ASKING.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, byte, cut) => {
        const wasm = cut ? ASKING.slice(0, at) : ASKING.with(at, byte);
        try {
          expect(Array.isArray(importNames(wasm))).toBe(true);
        } catch (error) {
          expect((error as Error).name).toBe('Error');
        }
      }),
    );
  });
});
