/** `\0asm`, version 1. */
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const CUSTOM = 0;

/** A number of LEB128 and where it ends. */
interface Read {
  readonly value: number;
  readonly end: number;
}

/** The content of the first custom section of this name in a wasm binary; undefined where there is none or the bytes are no wasm. */
export function customSection(wasm: Uint8Array, name: string): Uint8Array | undefined {
  if (!HEADER.every((byte, i) => wasm[i] === byte)) return undefined;
  const wanted = new TextEncoder().encode(name);
  for (let at = HEADER.length; at < wasm.length;) {
    const size = readU32(wasm, at + 1, wasm.length);
    if (size === undefined) return undefined;
    const end = size.end + size.value;
    if (end > wasm.length) return undefined;
    const content = wasm[at] === CUSTOM ? contentOf(wasm, { from: size.end, end }, wanted) : undefined;
    if (content !== undefined) return content;
    at = end;
  }
  return undefined;
}

function contentOf(
  wasm: Uint8Array,
  { from, end }: { readonly from: number; readonly end: number },
  wanted: Uint8Array,
): Uint8Array | undefined {
  const length = readU32(wasm, from, end);
  if (length === undefined || length.value !== wanted.length || length.end + length.value > end) return undefined;
  const start = length.end;
  return wanted.every((byte, i) => wasm[start + i] === byte) ? wasm.subarray(start + wanted.length, end) : undefined;
}

/** An unsigned LEB128 number of at most 32 bits that lies before `limit`. */
function readU32(bytes: Uint8Array, start: number, limit: number): Read | undefined {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const at = start + i;
    const byte = at < limit ? bytes[at] : undefined;
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return value < 2 ** 32 ? { value, end: at + 1 } : undefined;
  }
  return undefined;
}
