import { ByteReader } from '../compiler/wasm/byte-reader.ts';

/** `\0asm`, version 1. */
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const IMPORT_SECTION = 2;
/** What engines take (wasm JS API, implementation limits). */
const MAX_IMPORTS = 100_000;

/**
 * The names that a module imports from `env`, in their order. Throws an Error that says in half a sentence why the bytes are no wasm
 * module; what of a module is not looked at may still be wrong.
 */
export function importNames(wasm: Uint8Array): readonly string[] {
  if (!HEADER.every((byte, i) => wasm[i] === byte)) throw new Error('it does not begin as one');
  const reader = new ByteReader(wasm, HEADER.length);
  try {
    while (!reader.done) {
      const id = reader.u8();
      const size = reader.u32();
      if (reader.at + size > wasm.length) throw new RangeError('the module ends too early');
      const section = reader.part(size);
      if (id === IMPORT_SECTION) return readImports(section);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new Error(error.message, { cause: error });
    throw error;
  }
  return [];
}

function readImports(section: ByteReader): readonly string[] {
  const count = section.u32();
  if (count > MAX_IMPORTS) throw new RangeError(`it has more than ${String(MAX_IMPORTS)} imports`);
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const from = section.name();
    const name = section.name();
    skipDescription(section);
    if (from === 'env') names.push(name);
  }
  return names;
}

/** What kind of thing an import is: function, table, memory, global, tag (WebAssembly core specification, binary format of imports). */
function skipDescription(section: ByteReader): void {
  const kind = section.u8();
  if (kind === 0) section.u32();
  else if (kind === 1) {
    skipType(section);
    skipLimits(section);
  } else if (kind === 2) skipLimits(section);
  else if (kind === 3) {
    skipType(section);
    section.u8();
  } else if (kind === 4) {
    section.u8();
    section.u32();
  } else throw new RangeError(`it has an import of an unknown kind, ${String(kind)}`);
}

/** A value type is one byte, or one and a heap type where it is a typed reference. */
function skipType(section: ByteReader): void {
  const type = section.u8();
  if (type === 0x63 || type === 0x64) skipNumber(section);
}

function skipLimits(section: ByteReader): void {
  const flags = section.u8();
  skipNumber(section);
  if ((flags & 1) === 1) skipNumber(section);
}

/** LEB128 of up to 64 bits. */
function skipNumber(section: ByteReader): void {
  for (let i = 0; i < 10; i++) if (section.u8() < 0x80) return;
  throw new RangeError('it has a number that is too long');
}
