import { ByteWriter } from '../../../compiler/wasm/byte-writer.ts';
import { ClarityError } from '../../../shared/errors.ts';
import { outlineOf, type Limits, type Placed } from '../../../wasm-host/module-outline.ts';

/** 256 MiB: what a module may have at most, whatever it or its manifest says. */
const MAX_PAGES = 4096;
/**
 * Entries of a table: one for each function that a Clarity program passes as a value. Tables are kept in the JavaScript heap, and one that does
 * not fit there ends the whole process.
 */
const MAX_ENTRIES = 65_536;
const TABLE_SECTION = 4;
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;

/**
 * A module that the engine takes, with a maximum of its memory of at most so many pages of 64 KiB, and of its table, which hold for its own
 * `memory.grow` and `table.grow`, too; `memoryPages` only lowers what it says itself. Throws ClarityError ModuleInvalid where it starts with more.
 */
export function limitModule(wasm: Uint8Array, memoryPages: number = MAX_PAGES): Uint8Array {
  const outline = outlineOf(wasm);
  const memory = one(outline?.memories);
  if (memory === undefined || outline?.memorySection === undefined) throw invalid('it must have one memory of its own');
  if (!isPlain(memory)) throw invalid('its memory is shared, or one of 64 bits');
  const pages = Math.min(memoryPages, MAX_PAGES);
  if (memory.initial > pages)
    throw invalid(`its memory starts with ${memory.initial} pages of 64 KiB, and it may have ${pages}`);
  // The later section first, so that the other one stays where it is.
  const limited = isWithin(memory, pages)
    ? wasm
    : withSection(wasm, MEMORY_SECTION, outline.memorySection, limitsOf(memory, pages));
  return limitTable(limited, outline);
}

function limitTable(wasm: Uint8Array, { tables, tableSection }: NonNullable<ReturnType<typeof outlineOf>>): Uint8Array {
  if (tableSection === undefined || tables.length === 0) return wasm;
  const table = one(tables);
  if (table === undefined) throw invalid('it has more than one table');
  if (!isPlain(table)) throw invalid('its table is shared, or one of 64 bits');
  if (table.initial > MAX_ENTRIES)
    throw invalid(`its table starts with ${table.initial} entries, and it may have ${MAX_ENTRIES}`);
  if (isWithin(table, MAX_ENTRIES)) return wasm;
  return withSection(wasm, TABLE_SECTION, tableSection, [table.type, ...limitsOf(table, MAX_ENTRIES)]);
}

function one<T>(list: readonly T[] = []): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

const isPlain = ({ flags }: Limits): boolean => (flags & ~HAS_MAXIMUM) === 0;
const isWithin = ({ maximum }: Limits, limit: number): boolean => maximum !== undefined && maximum <= limit;
const limitsOf = ({ initial }: Limits, limit: number): readonly number[] => [HAS_MAXIMUM, initial, limit];

/** With one item, written as these numbers, in place of the section. */
function withSection(wasm: Uint8Array, id: number, { start, end }: Placed, item: readonly number[]): Uint8Array {
  const content = new ByteWriter();
  content.u32(1);
  for (const number of item) content.u32(number);
  const changed = new ByteWriter(wasm.length + content.length);
  changed.raw(wasm.subarray(0, start));
  changed.u8(id);
  changed.u32(content.length);
  changed.raw(content.written());
  changed.raw(wasm.subarray(end));
  return changed.written();
}

function invalid(why: string): ClarityError {
  return new ClarityError('ModuleInvalid', `The module cannot be run: ${why}.`);
}
