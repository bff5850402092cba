import { ByteReader } from '../compiler/wasm/byte-reader.ts';

/** A type of the wasm that JavaScript can pass, or `other`. */
export type WasmType = 'i32' | 'i64' | 'f32' | 'f64' | 'other';

export interface WasmSignature {
  readonly params: readonly WasmType[];
  readonly results: readonly WasmType[];
}

/** `flags` as in the binary: 1 there is a maximum, 2 shared, 4 of 64 bits. */
export interface Limits {
  readonly flags: number;
  readonly initial: number;
  readonly maximum?: number;
}

/** Where a section lies, from its id to its end. */
export interface Placed {
  readonly start: number;
  readonly end: number;
}

/** What JavaScript cannot see of a module that the engine has compiled. */
export interface ModuleOutline {
  /** Of the imported functions, in their order. */
  readonly imports: readonly { readonly module: string; readonly name: string; readonly signature: WasmSignature }[];
  /** Of the exported functions, by their names. */
  readonly exports: ReadonlyMap<string, WasmSignature>;
  /** Its own memories. */
  readonly memories: readonly Limits[];
  readonly memorySection: Placed | undefined;
  /** Its own tables; `type` is the byte of what they hold. */
  readonly tables: readonly (Limits & { readonly type: number })[];
  readonly tableSection: Placed | undefined;
  readonly hasStart: boolean;
  /** True where a global of its own can be written; also where they could not be read. */
  readonly hasMutableGlobals: boolean;
}

const HEADER_BYTES = 8;
const SECTION = { type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, export: 7, start: 8 };
const TYPES: Readonly<Record<number, WasmType>> = { 0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64' };
/** Bytes after the opcodes that a constant expression may hold; a LEB128 number is -1. */
const OPERANDS: Readonly<Record<number, number>> = {
  0x23: -1,
  0x41: -1,
  0x42: -1,
  0x43: 4,
  0x44: 8,
  0x6a: 0,
  0x6b: 0,
  0x6c: 0,
  0x7c: 0,
  0x7d: 0,
  0x7e: 0,
  0xd0: -1,
  0xd2: -1,
};
const END = 0x0b;

/** For bytes that the engine takes. Undefined where they use forms of types or imports that no Clarity module has. */
export function outlineOf(wasm: Uint8Array): ModuleOutline | undefined {
  const sections = sectionsOf(wasm);
  const read = <T>(id: number, item: (reader: ByteReader) => T): T[] => {
    const reader = sections.get(id)?.reader;
    return reader === undefined ? [] : reader.vector(() => item(reader));
  };
  try {
    const types = read(SECTION.type, signature);
    const imports = read(SECTION.import, (reader) => importOf(reader, types));
    const functions = [...imports.map((each) => each.signature), ...read(SECTION.function, (r) => typeAt(types, r))];
    const exports = new Map<string, WasmSignature>();
    read(SECTION.export, (reader) => {
      const [name, kind, index] = [reader.name(), reader.u8(), reader.u32()];
      const exported = functions[index];
      if (kind === 0 && exported !== undefined) exports.set(name, exported);
    });
    return {
      imports,
      exports,
      memories: read(SECTION.memory, limits),
      memorySection: sections.get(SECTION.memory),
      tables: read(SECTION.table, table),
      tableSection: sections.get(SECTION.table),
      hasStart: sections.has(SECTION.start),
      hasMutableGlobals: hasMutable(sections.get(SECTION.global)?.reader),
    };
  } catch (error) {
    if (error instanceof UnknownForm || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Something of a later wasm than Clarity modules are made of. */
class UnknownForm extends Error {}

interface Section extends Placed {
  readonly reader: ByteReader;
}

function sectionsOf(wasm: Uint8Array): ReadonlyMap<number, Section> {
  const sections = new Map<number, Section>();
  const reader = new ByteReader(wasm, HEADER_BYTES);
  while (!reader.done) {
    const start = reader.at;
    const id = reader.u8();
    const content = reader.part(reader.u32());
    sections.set(id, { start, end: reader.at, reader: content });
  }
  return sections;
}

function signature(reader: ByteReader): WasmSignature {
  if (reader.u8() !== 0x60) throw new UnknownForm();
  return { params: reader.vector(() => valueType(reader)), results: reader.vector(() => valueType(reader)) };
}

function valueType(reader: ByteReader): WasmType {
  const byte = reader.u8();
  // A reference says next to what.
  if (byte === 0x63 || byte === 0x64) reader.s64();
  return TYPES[byte] ?? 'other';
}

function importOf(reader: ByteReader, types: readonly WasmSignature[]): ModuleOutline['imports'][number] {
  const [module, name] = [reader.name(), reader.name()];
  if (reader.u8() !== 0) throw new UnknownForm();
  return { module, name, signature: typeAt(types, reader) };
}

function typeAt(types: readonly WasmSignature[], reader: ByteReader): WasmSignature {
  const type = types[reader.u32()];
  if (type === undefined) throw new UnknownForm();
  return type;
}

function table(reader: ByteReader): ModuleOutline['tables'][number] {
  const type = reader.u8();
  // Funcref or externref; others say more, or begin with an expression.
  if (type !== 0x70 && type !== 0x6f) throw new UnknownForm();
  return { type, ...limits(reader) };
}

function limits(reader: ByteReader): Limits {
  const flags = reader.u8();
  if ((flags & ~7) !== 0) throw new UnknownForm();
  const number = () => ((flags & 4) === 0 ? reader.u32() : Number(reader.s64()));
  const initial = number();
  return (flags & 1) === 0 ? { flags, initial } : { flags, initial, maximum: number() };
}

function hasMutable(reader: ByteReader | undefined): boolean {
  if (reader === undefined) return false;
  for (let left = reader.u32(); left > 0; left--) {
    valueType(reader);
    if (reader.u8() !== 0 || !skipConstant(reader)) return true;
  }
  return false;
}

/** False where the expression holds something else. */
function skipConstant(reader: ByteReader): boolean {
  for (let opcode = reader.u8(); opcode !== END; opcode = reader.u8()) {
    const operand = OPERANDS[opcode];
    if (operand === undefined) return false;
    if (operand < 0) reader.s64();
    else reader.raw(operand);
  }
  return true;
}
