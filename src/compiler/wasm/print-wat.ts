import { ByteReader } from './byte-reader.ts';
import { SECTION } from './link-module.ts';
import { printInstructions, typeName } from './print-instructions.ts';

/** Magic and version. */
const HEADER_SIZE = 8;
/** Subsection of the name section. */
const FUNCTION_NAMES = 1;
const EXTERNALS = ['func', 'table', 'memory', 'global'];
/** What the text format allows in a name. */
const NOT_IN_NAMES = /[^\w!#$%&'*+./:<=>?@\\^`|~-]/g;

/**
 * The text form of a module that this compiler made: the standard one, functions by their names, locals and labels by their numbers. Throws
 * for what the compiler does not write.
 */
export function printWat(wasm: Uint8Array): string {
  const reader = new ByteReader(wasm, HEADER_SIZE);
  const sections = new Map<number, ByteReader>();
  const customs: CustomSection[] = [];
  while (!reader.done) {
    const id = reader.u8();
    const content = reader.part(reader.u32());
    if (id === SECTION.custom) customs.push({ name: content.name(), content });
    else sections.set(id, content);
  }
  return new Printer(sections, customs).print();
}

interface CustomSection {
  readonly name: string;
  readonly content: ByteReader;
}

class Printer {
  readonly #sections: ReadonlyMap<number, ByteReader>;
  readonly #customs: readonly CustomSection[];
  readonly #types: readonly string[];
  readonly #imports: readonly { readonly module: string; readonly field: string; readonly type: number }[];
  readonly #functions: readonly number[];
  /** By index: imports, then the functions of the module. */
  readonly #names: string[] = [];

  constructor(sections: ReadonlyMap<number, ByteReader>, customs: readonly CustomSection[]) {
    this.#sections = sections;
    this.#customs = customs;
    this.#types = this.#items(SECTION.type, readType);
    this.#imports = this.#items(SECTION.import, (from) => {
      const [module, field] = [from.name(), from.name()];
      from.u8();
      return { module, field, type: from.u32() };
    });
    this.#functions = this.#items(SECTION.function, (from) => from.u32());
    this.#readNames();
  }

  print(): string {
    const types = this.#types.map((type, at) => `  (type (;${at};) (func${type}))\n`);
    const imports = this.#imports.map(
      ({ module, field, type }, at) =>
        `  (import ${quoted(module)} ${quoted(field)} (func ${this.#name(at)} (type ${type})${this.#type(type)}))\n`,
    );
    return `(module\n${[...types, ...imports, ...this.#definitions(), ...this.#code(), ...this.#data()].join('')})\n`;
  }

  /** Table, memory, globals, exports and elements. */
  #definitions(): string[] {
    const limits = (from: ByteReader): string => {
      const bounded = from.u8() === 1;
      return [from.u32(), ...(bounded ? [from.u32()] : [])].join(' ');
    };
    const tables = this.#items(SECTION.table, (from) => {
      from.u8();
      return `  (table ${limits(from)} funcref)\n`;
    });
    const memories = this.#items(SECTION.memory, (from) => `  (memory ${limits(from)})\n`);
    const globals = this.#items(SECTION.global, (from) => {
      const type = typeName(from.u8());
      const mutable = from.u8() === 1;
      return `  (global ${mutable ? `(mut ${type})` : type} ${this.#constant(from)})\n`;
    });
    const exports = this.#items(SECTION.export, (from) => {
      const name = quoted(from.name());
      const kind = EXTERNALS[from.u8()] ?? 'unknown';
      const index = from.u32();
      return `  (export ${name} (${kind} ${kind === 'func' ? this.#name(index) : index}))\n`;
    });
    const elements = this.#items(SECTION.element, (from) => {
      from.u32();
      const offset = this.#constant(from);
      return `  (elem ${offset} func ${from.vector(() => this.#name(from.u32())).join(' ')})\n`;
    });
    return [...tables, ...memories, ...globals, ...exports, ...elements];
  }

  #code(): string[] {
    let at = 0;
    return this.#items(SECTION.code, (from) => {
      const body = from.part(from.u32());
      const type = this.#functions[at] ?? 0;
      const name = this.#name(this.#imports.length + at++);
      const locals = body.vector(() => {
        const count = body.u32();
        return ` ${typeName(body.u8())}`.repeat(count);
      });
      const declared = locals.length === 0 ? '' : `    (local${locals.join('')})\n`;
      const instructions = printInstructions(body, (index) => this.#name(index));
      return `  (func ${name} (type ${type})${this.#type(type)}\n${declared}${instructions}  )\n`;
    });
  }

  #data(): string[] {
    const segments = this.#items(SECTION.data, (from) => {
      from.u32();
      const offset = this.#constant(from);
      return `  (data ${offset} ${quotedBytes(from.raw(from.u32()))})\n`;
    });
    const customs = this.#customs.filter(({ name }) => name !== 'name');
    return [
      ...segments,
      ...customs.map(({ name, content }) => `  (@custom ${quoted(name)} ${quotedBytes(content.rest())})\n`),
    ];
  }

  /** An initial value: one instruction. */
  #constant(from: ByteReader): string {
    from.u8();
    const value = from.s64();
    from.u8();
    return `(i32.const ${value})`;
  }

  #items<T>(id: number, read: (from: ByteReader) => T): T[] {
    const content = this.#sections.get(id);
    return content === undefined ? [] : content.vector(() => read(content));
  }

  #type(index: number): string {
    return this.#types[index] ?? '';
  }

  #name(index: number): string {
    return this.#names[index] ?? String(index);
  }

  #readNames(): void {
    const used = new Set<string>();
    const add = (index: number, name: string): void => {
      const allowed = `$${name.replace(NOT_IN_NAMES, '_')}`;
      const unique = used.has(allowed) ? `${allowed}#${index}` : allowed;
      used.add(unique);
      this.#names[index] = unique;
    };
    for (const [at, { module, field }] of this.#imports.entries()) add(at, `${module}.${field}`);
    const names = this.#customs.find(({ name }) => name === 'name')?.content;
    while (names !== undefined && !names.done) {
      const kind = names.u8();
      const content = names.part(names.u32());
      if (kind === FUNCTION_NAMES) content.vector(() => add(content.u32(), content.name()));
    }
  }
}

/** ` (param i32 i64) (result i32)`, as far as there are any. */
function readType(from: ByteReader): string {
  from.u8();
  const params = from.vector(() => typeName(from.u8()));
  const results = from.vector(() => typeName(from.u8()));
  const list = (word: string, types: readonly string[]): string =>
    types.length === 0 ? '' : ` (${word} ${types.join(' ')})`;
  return list('param', params) + list('result', results);
}

function quoted(text: string): string {
  return quotedBytes(new TextEncoder().encode(text));
}

/** Printable ASCII as it is, all else as two hexadecimal digits. */
function quotedBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, '0')}`;
  }
  return `"${text}"`;
}
