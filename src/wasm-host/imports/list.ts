import { HostError } from '../host-error.ts';
import { listCount, newList } from '../memory/blocks.ts';
import type { GuestMemory } from '../memory/guest-memory.ts';
import type { ImportGroup } from './import-group.ts';

/** List operations for modules that do not have them inline (language.md §11 list, abi.md §2.2). Out of range gives 0, or an unchanged copy. */
export const listImports: ImportGroup = ({ memory }) => ({
  list_length: (list: number) => BigInt(listCount(memory, list, 0)),
  list_get_i64: (list: number, index: bigint) => getI64(memory, list, index),
  list_get_i32: (list: number, index: bigint) =>
    has(index, listCount(memory, list, 4)) ? memory.readI32((list >>> 0) + 4 + 4 * Number(index)) : 0,
  list_head_i64: (list: number) => getI64(memory, list, 0n),
  list_tail: (list: number, size: number) => tail(memory, list, stride(size)),
  list_append_i64: (list: number, value: bigint) => {
    const address = copyOf(memory, list, 8, 1);
    memory.writeI64(address + memory.readI32(address) * 8 - 4, value);
    return address;
  },
  list_append_i32: (list: number, value: number) => {
    const address = copyOf(memory, list, 4, 1);
    memory.writeI32(address + memory.readI32(address) * 4, value);
    return address;
  },
  list_concat: (a: number, b: number, size: number) => concat(memory, a, b, stride(size)),
  list_reverse: (list: number, size: number) => reverse(memory, list, stride(size)),
  list_set_i64: (list: number, index: bigint, value: bigint) => {
    const address = copyOf(memory, list, 8, 0);
    if (has(index, memory.readI32(address))) memory.writeI64(address + 4 + 8 * Number(index), value);
    return address;
  },
  list_set_i32: (list: number, index: bigint, value: number) => {
    const address = copyOf(memory, list, 4, 0);
    if (has(index, memory.readI32(address))) memory.writeI32(address + 4 + 4 * Number(index), value);
    return address;
  },
});

const has = (index: bigint, count: number): boolean => index >= 0n && index < BigInt(count);

function getI64(memory: GuestMemory, list: number, index: bigint): bigint {
  return has(index, listCount(memory, list, 8)) ? memory.readI64((list >>> 0) + 4 + 8 * Number(index)) : 0n;
}

/** The element size as the module gives it. */
function stride(size: number): number {
  if (size === 4 || size === 8) return size;
  throw new HostError('bad-pointer', `The module gave ${size} as the size of a list's elements; it is 4 or 8.`);
}

/** A copy with room for some more elements, whose count says so already. */
function copyOf(memory: GuestMemory, list: number, size: number, more: number): number {
  const count = listCount(memory, list, size);
  const address = newList(memory, count + more, size);
  memory.copy(address + 4, (list >>> 0) + 4, count * size);
  return address;
}

function tail(memory: GuestMemory, list: number, size: number): number {
  const count = Math.max(0, listCount(memory, list, size) - 1);
  const address = newList(memory, count, size);
  memory.copy(address + 4, (list >>> 0) + 4 + size, count * size);
  return address;
}

function concat(memory: GuestMemory, a: number, b: number, size: number): number {
  const first = listCount(memory, a, size);
  const second = listCount(memory, b, size);
  const address = newList(memory, first + second, size);
  memory.copy(address + 4, (a >>> 0) + 4, first * size);
  memory.copy(address + 4 + first * size, (b >>> 0) + 4, second * size);
  return address;
}

function reverse(memory: GuestMemory, list: number, size: number): number {
  const count = listCount(memory, list, size);
  const address = newList(memory, count, size);
  const from = (list >>> 0) + 4;
  let to = address + 4 + count * size;
  for (let i = 0; i < count; i++) {
    to -= size;
    memory.copy(to, from + i * size, size);
  }
  return address;
}
