import { compile } from '../../src/compiler/compile.ts';

/** A program with one function; a plain comment changes nothing of its module. */
export function adder(by: number | string, comment = 'adds'): string {
  return `module Adder\n\n// ${comment}\n\nexport function add(a: Int64) -> Int64 {\n  a + ${String(by)}\n}\n`;
}

/** A program that takes its number from `lib.clarity` beside it. */
export const IMPORTING =
  'module Main\n\nimport { one } from "./lib"\n\nexport function two() -> Int64 {\n  one() + one()\n}\n';

export function lib(value: number): string {
  return `module Lib\n\nexport function one() -> Int64 {\n  ${String(value)}\n}\n`;
}

/** The module of a source text, as an outside builder would have made it. */
export function wasmOf(text: string): Uint8Array {
  const { wasm } = compile({ path: 'a.clarity', text }, { resolve: () => undefined });
  if (wasm === undefined) throw new Error('it has errors');
  return wasm;
}

/** The same module without its custom sections. */
export function withoutInterface(wasm: Uint8Array): Uint8Array {
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length;) {
    let size = 0;
    let next = at + 1;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[next++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (wasm[at] !== 0) parts.push(wasm.subarray(at, next + size));
    at = next + size;
  }
  return Buffer.concat(parts);
}
