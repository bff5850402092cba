import { ByteWriter } from '../../src/compiler/wasm/byte-writer.ts';
import { importSignature } from '../../src/compiler/wasm/imports.ts';

const TYPES = { i32: 0x7f, i64: 0x7e, f64: 0x7c };

type Bytes = (writer: ByteWriter) => void;

/** A wasm module of these sections, by id. */
export function wasmSections(sections: readonly (readonly [id: number, content: Bytes])[]): Uint8Array {
  const wasm = new ByteWriter();
  wasm.raw(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  for (const [id, content] of sections) {
    const inside = new ByteWriter();
    content(inside);
    wasm.u8(id);
    wasm.u32(inside.length);
    wasm.raw(inside.written());
  }
  return wasm.written().slice();
}

export const bytes =
  (...values: readonly number[]): Bytes =>
  (writer) =>
    writer.raw(Uint8Array.from(values));

/** One memory of 1 page and its export. */
export const MEMORY = [5, bytes(1, 0, 1)] as const;
export const MEMORY_EXPORT = [7, bytes(1, 6, ...Buffer.from('memory'), 2, 0)] as const;

/** A module that imports functions of `env` with the signatures of the ABI, and has nothing but a memory beside. */
export function importing(names: readonly string[], namespace = 'env'): Uint8Array {
  return wasmSections([
    [
      1,
      (writer) => {
        writer.u32(names.length);
        for (const name of names) {
          const { params, result } = importSignature(name) ?? { params: [], result: null };
          writer.u8(0x60);
          writer.u32(params.length);
          for (const param of params) writer.u8(TYPES[param]);
          writer.u32(result === null ? 0 : 1);
          if (result !== null) writer.u8(TYPES[result]);
        }
      },
    ],
    [
      2,
      (writer) => {
        writer.u32(names.length);
        names.forEach((name, i) => {
          writer.name(namespace);
          writer.name(name);
          writer.u8(0);
          writer.u32(i);
        });
      },
    ],
    MEMORY,
    MEMORY_EXPORT,
  ]);
}
