import { HostError } from '../host-error.ts';
import type { GuestMemory } from './guest-memory.ts';

/** Options, results and lists as the host makes them (abi.md §2.2, §2.4): tag or count first, the payload of a union at 8. */

/** `Some` and `Ok` have the tag 0, `None` and `Err` the tag 1. */
function tagged32(memory: GuestMemory, tag: number, value: number): number {
  const address = memory.alloc(12);
  memory.writeI32(address, tag);
  memory.writeI32(address + 8, value);
  return address;
}

export const some32 = (memory: GuestMemory, value: number): number => tagged32(memory, 0, value);
export const ok32 = (memory: GuestMemory, value: number): number => tagged32(memory, 0, value);
export const err32 = (memory: GuestMemory, error: number): number => tagged32(memory, 1, error);

/** The block of a union with room for a payload of 8 bytes, which the caller writes at 8. */
function tagged64(memory: GuestMemory, tag: number): number {
  const address = memory.alloc(16);
  memory.writeI32(address, tag);
  return address;
}

/** `Err` of a Result whose Ok has 8 bytes: a block is as large as its largest payload asks for. */
export function err64(memory: GuestMemory, error: number): number {
  const address = tagged64(memory, 1);
  memory.writeI32(address + 8, error);
  return address;
}

/** A union of the tag 0 with an Int64. */
function first64(memory: GuestMemory, value: bigint): number {
  const address = tagged64(memory, 0);
  memory.writeI64(address + 8, value);
  return address;
}

/** A union of the tag 0 with a Float64. */
function firstF64(memory: GuestMemory, value: number): number {
  const address = tagged64(memory, 0);
  memory.writeF64(address + 8, value);
  return address;
}

export const some64 = (memory: GuestMemory, value: bigint): number => first64(memory, value);
export const ok64 = (memory: GuestMemory, value: bigint): number => first64(memory, value);
export const someF64 = (memory: GuestMemory, value: number): number => firstF64(memory, value);
export const okF64 = (memory: GuestMemory, value: number): number => firstF64(memory, value);

/** `None` of any type: 16 bytes, large enough for each payload. */
export function none(memory: GuestMemory): number {
  return tagged64(memory, 1);
}

/** `Some(text)`, or `None` for undefined. */
export function optionalText(memory: GuestMemory, text: string | undefined): number {
  return text === undefined ? none(memory) : some32(memory, memory.writeText(text));
}

/** A new `List<String>`. */
export function textList(memory: GuestMemory, texts: readonly string[]): number {
  // Each text takes 8 bytes at least: a list that cannot fit fails before its texts are written.
  memory.reserve(12 * texts.length + 8);
  const address = memory.alloc(4 + 4 * texts.length);
  memory.writeI32(address, texts.length);
  let at = address + 4;
  for (const text of texts) {
    memory.writeI32(at, memory.writeText(text));
    at += 4;
  }
  return address;
}

/** Number of elements of a list, all of which lie in the memory. */
export function listCount(memory: GuestMemory, pointer: number, stride: number): number {
  const address = memory.check(pointer, 4);
  const count = memory.readI32(address) >>> 0;
  if (address + 4 + count * stride > memory.size) {
    throw new HostError('bad-pointer', `The module gave a list at ${address} that reaches past its memory.`);
  }
  return count;
}

/** A new list with its count set and its elements not yet written. */
export function newList(memory: GuestMemory, count: number, stride: number): number {
  const address = memory.alloc(4 + count * stride);
  memory.writeI32(address, count);
  return address;
}
