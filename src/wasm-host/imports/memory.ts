import type { GuestMemory } from '../memory/guest-memory.ts';
import type { ImportGroup } from './import-group.ts';

/** The allocator and arenas (language.md §11 memory, abi.md §5). */
export const memoryImports: ImportGroup = ({ memory }) => ({
  __alloc: (size: number) => memory.alloc(size >>> 0),
  arena_save: () => BigInt(memory.top),
  arena_restore: (mark: bigint) => memory.release(Number(mark)),
  arena_restore_keeping_str: (mark: bigint, text: number) => restoreKeeping(memory, Number(mark), text),
  // There are no free blocks and no interned strings: the heap is a stack.
  memory_stats: () =>
    memory.writeText(
      JSON.stringify({
        heap_ptr: memory.top,
        live_allocs: memory.allocations,
        free_blocks: 0,
        interned_strings: 0,
      }),
    ),
});

/** Releases down to the mark, but moves the text there first. */
function restoreKeeping(memory: GuestMemory, mark: number, text: number): number {
  const size = 4 + memory.byteLength(text);
  const from = text >>> 0;
  memory.release(mark);
  const address = memory.alloc(size);
  memory.copy(address, from, size);
  return address;
}
