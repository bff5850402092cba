import { ByteWriter } from '../../../compiler/wasm/byte-writer.ts';
import { ClarityError } from '../../../shared/errors.ts';
import { outlineOf } from '../../../wasm-host/module-outline.ts';

/** 256 MiB: what a module may have at most, whatever it or its manifest says. */
const MAX_PAGES = 4096;
const MEMORY_SECTION = 5;

/**
 * A module that the engine takes, with a maximum of its memory of at most so many pages of 64 KiB, which holds for its own `memory.grow`, too; `memoryPages` only
 * lowers what it says itself. Throws ClarityError ModuleInvalid where it starts with more.
 */
export function limitMemory(wasm: Uint8Array, memoryPages: number = MAX_PAGES): Uint8Array {
  const { memories = [], memorySection } = outlineOf(wasm) ?? {};
  const [memory, ...more] = memories;
  if (memory === undefined || memorySection === undefined || more.length > 0)
    throw invalid('it must have one memory of its own');
  if ((memory.flags & ~1) !== 0) throw invalid('its memory is shared, or one of 64 bits');
  const limit = Math.min(memoryPages, MAX_PAGES);
  if (memory.initial > limit)
    throw invalid(`its memory starts with ${memory.initial} pages of 64 KiB, and it may have ${limit}`);
  if (memory.maximum !== undefined && memory.maximum <= limit) return wasm;
  const content = new ByteWriter();
  content.u32(1); // one memory
  content.u8(1); // with a maximum
  content.u32(memory.initial);
  content.u32(limit);
  const limited = new ByteWriter(wasm.length + content.length);
  limited.raw(wasm.subarray(0, memorySection.start));
  limited.u8(MEMORY_SECTION);
  limited.u32(content.length);
  limited.raw(content.written());
  limited.raw(wasm.subarray(memorySection.end));
  return limited.written();
}

function invalid(why: string): ClarityError {
  return new ClarityError('ModuleInvalid', `The module cannot be run: ${why}.`);
}
