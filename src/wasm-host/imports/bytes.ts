import { HostError } from '../host-error.ts';
import type { GuestMemory } from '../memory/guest-memory.ts';
import type { ImportGroup } from './import-group.ts';

/** Bytes (language.md §11 bytes): values that never change, in the same layout as text. */
export const bytesImports: ImportGroup = ({ memory }) => ({
  bytes_new: (size: bigint) => create(memory, size),
  bytes_length: (bytes: number) => BigInt(memory.byteLength(bytes)),
  bytes_get: (bytes: number, index: bigint) =>
    has(index, memory.byteLength(bytes)) ? BigInt(memory.readByte((bytes >>> 0) + 4 + Number(index))) : 0n,
  bytes_set: (bytes: number, index: bigint, value: bigint) => {
    const size = memory.byteLength(bytes);
    const address = copyOf(memory, bytes, 0, size);
    if (has(index, size)) memory.writeByte(address + 4 + Number(index), Number(value & 0xffn));
    return address;
  },
  bytes_slice: (bytes: number, start: bigint, length: bigint) => slice(memory, bytes, start, length),
  bytes_concat: (a: number, b: number) => {
    const first = memory.byteLength(a);
    const second = memory.byteLength(b);
    const address = copyOf(memory, a, 0, first, second);
    memory.copy(address + 4 + first, (b >>> 0) + 4, second);
    return address;
  },
  // Text is stored as its UTF-8.
  bytes_from_string: (text: number) => copyOf(memory, text, 0, memory.byteLength(text)),
  bytes_to_string: (bytes: number) => memory.writeText(memory.text(bytes)),
});

const has = (index: bigint, size: number): boolean => index >= 0n && index < BigInt(size);

function create(memory: GuestMemory, size: bigint): number {
  if (size < 0n) throw new HostError('conversion', `\`bytes_new\` got the size ${size}; it cannot be negative.`);
  const count = Number(size);
  const address = memory.alloc(4 + count);
  memory.writeI32(address, count);
  memory.fill(address + 4, count, 0);
  return address;
}

/** New bytes that begin with a part of others; the last `more` are not yet written. */
function copyOf(memory: GuestMemory, bytes: number, start: number, size: number, more = 0): number {
  const address = memory.alloc(4 + size + more);
  memory.writeI32(address, size + more);
  memory.copy(address + 4, (bytes >>> 0) + 4 + start, size);
  return address;
}

/** The start is clamped into the bytes, the length to what remains. */
function slice(memory: GuestMemory, bytes: number, start: bigint, length: bigint): number {
  const size = memory.byteLength(bytes);
  const from = Math.min(Math.max(0, Number(start)), size);
  return copyOf(memory, bytes, from, Math.min(Math.max(0, Number(length)), size - from));
}
