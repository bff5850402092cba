import type { CoreProgram, Rep } from '../core/core.ts';
import { ByteWriter, lebSize } from './byte-writer.ts';
import { blockType, type FunctionCode, type FunctionRef } from './function-code.ts';
import { MAX_PAGES, PAGE } from './limits.ts';
import type { ModuleBuilder } from './module-builder.ts';
import { OP } from './opcodes.ts';
import { VALUE_TYPE } from './type-table.ts';

/** A function that is ready but for the indices of what it calls. */
export interface EmittedFunction {
  readonly name: string;
  readonly type: number;
  readonly code: FunctionCode;
}

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
  data: 11,
} as const;

const MAGIC = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
const EXTERNAL = { function: 0, memory: 2, global: 3 } as const;
const FUNCREF = 0x70;
/** Subsection of the name section. */
const FUNCTION_NAMES = 1;
/** The exports that every module has (abi.md §3). */
const MEMORY = 'memory';
const HEAP_BASE = '__heap_base';

/** Writes the sections of a module in the order of the format. `description` is the content of the custom section named `descriptionName`. */
export function linkModule(
  module: ModuleBuilder,
  functions: readonly EmittedFunction[],
  description: { readonly section: string; readonly content: Uint8Array },
): Uint8Array {
  const imports = module.imports();
  const indexOf = (ref: FunctionRef): number => (ref < 0 ? -1 - ref : imports.length + ref);
  const { heapBase } = module.data;
  const data = module.data.content();
  const out = new ByteWriter(4096 + 2 * data.length);
  out.raw(MAGIC);
  section(out, SECTION.type, (to) => module.types.write(to));
  if (imports.length > 0) section(out, SECTION.import, (to) => writeImports(to, module));
  vector(out, SECTION.function, functions, (to, { type }) => to.u32(type));
  if (module.table.length > 0 || module.callsTable) section(out, SECTION.table, (to) => writeTable(to, module));
  section(out, SECTION.memory, (to) => {
    to.u8(1);
    to.u8(1);
    to.u32(Math.max(1, Math.ceil(heapBase / PAGE)));
    to.u32(MAX_PAGES);
  });
  section(out, SECTION.global, (to) => writeHeapBase(to, heapBase));
  section(out, SECTION.export, (to) => writeExports(to, module.core, indexOf));
  if (module.table.length > 0) section(out, SECTION.element, (to) => writeElements(to, module, indexOf));
  writeCode(out, functions, indexOf);
  if (data.length > 0) section(out, SECTION.data, (to) => writeData(to, data));
  section(out, SECTION.custom, (to) => {
    to.name(description.section);
    to.raw(description.content);
  });
  section(out, SECTION.custom, (to) => writeNames(to, functions, imports.length));
  return out.bytes.slice(0, out.length);
}

/** Small sections are written aside, then copied behind their size. */
function section(out: ByteWriter, id: number, write: (to: ByteWriter) => void): void {
  const content = new ByteWriter();
  write(content);
  out.u8(id);
  out.u32(content.length);
  out.raw(content.written());
}

function vector<T>(out: ByteWriter, id: number, items: readonly T[], write: (to: ByteWriter, item: T) => void): void {
  section(out, id, (to) => {
    to.u32(items.length);
    for (const item of items) write(to, item);
  });
}

function writeImports(to: ByteWriter, module: ModuleBuilder): void {
  const imports = module.imports();
  to.u32(imports.length);
  for (const { name, type } of imports) {
    to.name('env');
    to.name(name);
    to.u8(EXTERNAL.function);
    to.u32(type);
  }
}

/** One table of fixed size. */
function writeTable(to: ByteWriter, { table }: ModuleBuilder): void {
  to.u8(1);
  to.u8(FUNCREF);
  to.u8(1);
  to.u32(table.length);
  to.u32(table.length);
}

/** One immutable i32. */
function writeHeapBase(to: ByteWriter, heapBase: number): void {
  to.u8(1);
  to.u8(VALUE_TYPE.i32);
  to.u8(0);
  writeOffset(to, heapBase);
}

function writeOffset(to: ByteWriter, value: number): void {
  to.u8(OP['i32.const']);
  to.s32(value);
  to.u8(OP.end);
}

/** A function with the name of a standard export cannot be one: a host finds the standard one. */
function writeExports(to: ByteWriter, core: CoreProgram, indexOf: (ref: FunctionRef) => number): void {
  const functions = core.exports.filter(({ name }) => name !== MEMORY && name !== HEAP_BASE);
  to.u32(functions.length + 2);
  to.name(MEMORY);
  to.u8(EXTERNAL.memory);
  to.u32(0);
  to.name(HEAP_BASE);
  to.u8(EXTERNAL.global);
  to.u32(0);
  for (const { name, fn } of functions) {
    to.name(name);
    to.u8(EXTERNAL.function);
    to.u32(indexOf(fn));
  }
}

function writeElements(to: ByteWriter, { table }: ModuleBuilder, indexOf: (ref: FunctionRef) => number): void {
  to.u8(1);
  to.u8(0);
  writeOffset(to, 0);
  to.u32(table.length);
  for (const fn of table) to.u32(indexOf(fn));
}

function writeData(to: ByteWriter, data: Uint8Array): void {
  to.u8(1);
  to.u8(0);
  writeOffset(to, 0);
  to.u32(data.length);
  to.raw(data);
}

/** The names of functions, for stack traces. */
function writeNames(to: ByteWriter, functions: readonly EmittedFunction[], imports: number): void {
  to.name('name');
  section(to, FUNCTION_NAMES, (names) => {
    names.u32(functions.length);
    for (const [at, { name }] of functions.entries()) {
      names.u32(imports + at);
      names.name(name);
    }
  });
}

/** The code section goes straight to its place: all sizes are known before the first byte. */
function writeCode(
  out: ByteWriter,
  functions: readonly EmittedFunction[],
  indexOf: (ref: FunctionRef) => number,
): void {
  const bodies = functions.map(({ code }) => ({ code, locals: localsOf(code), size: 0 }));
  let total = lebSize(functions.length);
  for (const body of bodies) {
    body.size = body.locals.length + body.code.code.length + 1;
    if (body.code.loops) body.size += 3;
    for (const { ref } of body.code.gaps) body.size += lebSize(indexOf(ref));
    total += lebSize(body.size) + body.size;
  }
  out.reserve(total + 6);
  out.u8(SECTION.code);
  out.u32(total);
  out.u32(functions.length);
  for (const { code, locals, size } of bodies) {
    out.u32(size);
    out.raw(locals.written());
    if (code.loops) {
      out.u8(OP.loop);
      out.u8(blockType(code.result));
    }
    let from = 0;
    for (const { at, ref } of code.gaps) {
      out.copy(code.code.bytes, from, at);
      out.u32(indexOf(ref));
      from = at;
    }
    out.copy(code.code.bytes, from, code.code.length);
    if (code.loops) out.u8(OP.end);
    out.u8(OP.end);
  }
}

/** The declarations of the locals: runs of one type. */
function localsOf({ locals }: FunctionCode): ByteWriter {
  const runs: { readonly rep: Rep; count: number }[] = [];
  for (const rep of locals) {
    const last = runs.at(-1);
    if (last?.rep === rep) last.count++;
    else runs.push({ rep, count: 1 });
  }
  const to = new ByteWriter(8);
  to.u32(runs.length);
  for (const { rep, count } of runs) {
    to.u32(count);
    to.u8(VALUE_TYPE[rep]);
  }
  return to;
}
