import { HostError } from '../host-error.ts';
import { textList } from '../memory/blocks.ts';
import type { GuestMemory } from '../memory/guest-memory.ts';
import type { ImportGroup } from './import-group.ts';

/** Text operations (language.md §11 string). Positions and lengths count UTF-16 code units. */
export const stringImports: ImportGroup = ({ memory }) => ({
  string_concat: (a: number, b: number) => concat(memory, a, b),
  string_eq: (a: number, b: number) => (sameBytes(memory, a, b) ? 1 : 0),
  string_length: (text: number) => BigInt(memory.text(text).length),
  // The third argument is a length, and both ends are clamped and put in order.
  substring: (text: number, start: bigint, length: bigint) =>
    memory.writeText(memory.text(text).substring(Number(start), Number(start) + Number(length))),
  char_at: (text: number, index: bigint) => memory.writeText(memory.text(text).charAt(Number(index))),
  contains: (text: number, part: number) => (memory.text(text).includes(memory.text(part)) ? 1 : 0),
  string_starts_with: (text: number, prefix: number) => (memory.text(text).startsWith(memory.text(prefix)) ? 1 : 0),
  string_ends_with: (text: number, suffix: number) => (memory.text(text).endsWith(memory.text(suffix)) ? 1 : 0),
  index_of: (text: number, part: number) => BigInt(memory.text(text).indexOf(memory.text(part))),
  trim: (text: number) => memory.writeText(memory.text(text).trim()),
  trim_start: (text: number) => memory.writeText(memory.text(text).trimStart()),
  trim_end: (text: number) => memory.writeText(memory.text(text).trimEnd()),
  split: (text: number, delimiter: number) => textList(memory, memory.text(text).split(memory.text(delimiter))),
  split_lines: (text: number) => textList(memory, memory.text(text).split(/\r\n|\r|\n/)),
  chars: (text: number) => textList(memory, [...memory.text(text)]),
  string_replace: (text: number, search: number, replacement: number) => replace(memory, text, search, replacement),
  string_repeat: (text: number, count: bigint) => repeat(memory, text, count),
  char_code: (text: number) => BigInt(memory.text(text).codePointAt(0) ?? 0),
  char_from_code: (code: bigint) => memory.writeText(fromCode(code)),
  to_uppercase: (text: number) => memory.writeText(memory.text(text).toUpperCase()),
  to_lowercase: (text: number) => memory.writeText(memory.text(text).toLowerCase()),
  pad_left: (text: number, width: bigint, fill: number) =>
    memory.writeText(memory.text(text).padStart(roomFor(memory, width), memory.text(fill) || ' ')),
  pad_right: (text: number, width: bigint, fill: number) =>
    memory.writeText(memory.text(text).padEnd(roomFor(memory, width), memory.text(fill) || ' ')),
});

/** UTF-8 is joined byte by byte: neither text is decoded. */
function concat(memory: GuestMemory, a: number, b: number): number {
  const first = memory.byteLength(a);
  const second = memory.byteLength(b);
  const address = memory.alloc(4 + first + second);
  memory.writeI32(address, first + second);
  memory.copy(address + 4, (a >>> 0) + 4, first);
  memory.copy(address + 4 + first, (b >>> 0) + 4, second);
  return address;
}

function sameBytes(memory: GuestMemory, a: number, b: number): boolean {
  const size = memory.byteLength(a);
  return size === memory.byteLength(b) && (a === b || memory.equal((a >>> 0) + 4, (b >>> 0) + 4, size));
}

function replace(memory: GuestMemory, text: number, search: number, replacement: number): number {
  const wanted = memory.text(search);
  const whole = memory.text(text);
  if (wanted === '') return memory.writeText(whole);
  const pieces = whole.split(wanted);
  const by = memory.text(replacement);
  // The result can be the product of two texts: ask for its room before it is made.
  memory.reserve(pieces.length * by.length);
  return memory.writeText(pieces.join(by));
}

function repeat(memory: GuestMemory, text: number, count: bigint): number {
  const piece = memory.byteLength(text);
  const total = count <= 0n ? 0 : piece * Number(count);
  const address = memory.alloc(4 + total);
  memory.writeI32(address, total);
  if (total === 0) return address;
  const start = address + 4;
  memory.copy(start, (text >>> 0) + 4, piece);
  // Doubles what is there, so that the number of copies grows with the logarithm.
  for (let done = piece; done < total; done *= 2) memory.copy(start + done, start, Math.min(done, total - done));
  return address;
}

/** The width, once it is sure that a text of it can be stored. */
function roomFor(memory: GuestMemory, width: bigint): number {
  const units = Math.max(0, Number(width));
  memory.reserve(units);
  return units;
}

function fromCode(code: bigint): string {
  if (code >= 0n && code <= 0x10ffffn) return String.fromCodePoint(Number(code));
  throw new HostError('conversion', `\`char_from_code\` got ${code}, which is no Unicode code point (0 to 1114111).`);
}
