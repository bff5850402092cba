import { Buffer } from 'node:buffer';
import { HostError } from '../host-error.ts';
import { TextCache } from './text-cache.ts';

const PAGE = 65_536;
/** The heap starts here where a module does not say (abi.md §3). */
const DEFAULT_HEAP_BASE = 1024;
/** Texts up to this length are written character by character: cheaper than a call of the engine. */
const SHORT_TEXT = 16;
/** Longer texts are not read: the host makes a multiple of one of it, parsed or split. No memory of Clarity holds a longer one. */
const MAX_TEXT = 16 * 1024 * 1024;

/**
 * The linear memory of one instance, and the heap above `__heap_base`: the module has no allocator of its own (abi.md §5). A heap only
 * grows; `mark` and `release` give back everything that a call has taken. All reads check their bounds: a module may hand out any number
 * as a pointer.
 */
export class GuestMemory {
  #memory: WebAssembly.Memory | undefined;
  #bytes = Buffer.alloc(0);
  #view = new DataView(this.#bytes.buffer, 0, 0);
  #base = DEFAULT_HEAP_BASE;
  #top = DEFAULT_HEAP_BASE;
  #allocations = 0;
  readonly #maxBytes: number;
  readonly #cache = new TextCache();

  /** `maxBytes`: where the host stops to grow the memory, even if the module's own maximum is higher. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes the memory of an instance that was just made; `heapBase` is rounded up to 8. */
  bind(memory: WebAssembly.Memory, heapBase: number = DEFAULT_HEAP_BASE): void {
    this.#memory = memory;
    this.#refresh();
    this.#base = this.#top = roundUp(heapBase);
  }

  /** Address of the first free byte; always a multiple of 8. */
  get top(): number {
    return this.#top;
  }

  /** Bytes of the memory now. */
  get size(): number {
    if (this.#bytes.length === 0) this.#refresh();
    return this.#bytes.length;
  }

  /** Blocks that were allocated since the instance was made. */
  get allocations(): number {
    return this.#allocations;
  }

  /** A new block of `size` bytes (an unsigned number), 8-aligned, not zeroed. Throws `out-of-memory`. */
  alloc(size: number): number {
    const address = this.#top;
    const end = address + roundUp(size);
    if (end > this.#bytes.length) this.#grow(end);
    this.#top = end;
    this.#allocations++;
    return address;
  }

  /** Throws `out-of-memory` unless so many bytes can be allocated: asked before the host itself makes a large value. */
  reserve(size: number): void {
    const end = this.#top + size;
    if (end > this.#bytes.length) this.#grow(end);
  }

  /** Sets the heap back to `mark` (a former `top`), so that what lies above is gone. A mark above the top changes nothing. */
  release(mark: number): void {
    if (mark >= this.#top) return;
    this.#top = roundUp(Math.max(mark, this.#base));
    this.#cache.dropFrom(this.#top);
  }

  /** Gives the memory up; every later access fails. */
  unbind(): void {
    this.#memory = undefined;
    this.#bytes = Buffer.alloc(0);
    this.#view = new DataView(this.#bytes.buffer, 0, 0);
    this.#cache.dropFrom(0);
  }

  /** The pointer as an unsigned address, if `size` bytes from there lie in the memory; else throws `bad-pointer`. */
  check(pointer: number, size: number): number {
    const address = pointer >>> 0;
    if (this.#bytes.length === 0) this.#refresh();
    if (address + size > this.#bytes.length) {
      throw new HostError('bad-pointer', `The module gave the address ${address}, which is outside of its memory.`);
    }
    return address;
  }

  /** Reads and writes of scalars at addresses that `check` or `alloc` gave. */
  readI32(address: number): number {
    return this.#view.getInt32(address, true);
  }
  readI64(address: number): bigint {
    return this.#view.getBigInt64(address, true);
  }
  readF64(address: number): number {
    return this.#view.getFloat64(address, true);
  }
  readByte(address: number): number {
    return this.#view.getUint8(address);
  }
  writeI32(address: number, value: number): void {
    this.#view.setInt32(address, value, true);
  }
  writeI64(address: number, value: bigint): void {
    this.#view.setBigInt64(address, value, true);
  }
  writeF64(address: number, value: number): void {
    this.#view.setFloat64(address, value, true);
  }
  writeByte(address: number, value: number): void {
    this.#view.setUint8(address, value);
  }

  /** Copies bytes inside of the memory; the places may overlap. */
  copy(to: number, from: number, size: number): void {
    if (size > 8) {
      this.#bytes.copyWithin(to, from, from + size);
      return;
    }
    const bytes = this.#bytes;
    if (to <= from) for (let i = 0; i < size; i++) bytes[to + i] = bytes[from + i] ?? 0;
    else for (let i = size - 1; i >= 0; i--) bytes[to + i] = bytes[from + i] ?? 0;
  }

  /** Whether two ranges of the memory hold the same bytes. */
  equal(a: number, b: number, size: number): boolean {
    const bytes = this.#bytes;
    if (size > 64) return bytes.compare(bytes, b, b + size, a, a + size) === 0;
    for (let i = 0; i < size; i++) if (bytes[a + i] !== bytes[b + i]) return false;
    return true;
  }

  fill(address: number, size: number, value: number): void {
    this.#bytes.fill(value, address, address + size);
  }

  /** Number of bytes of the String or Bytes at a pointer, all of which lie in the memory. */
  byteLength(pointer: number): number {
    const address = this.check(pointer, 4);
    const size = this.#view.getUint32(address, true);
    if (address + 4 + size > this.#bytes.length) {
      throw new HostError('bad-pointer', `The module gave a text or bytes at ${address} that reach past its memory.`);
    }
    return size;
  }

  /** The String at a pointer (abi.md §2.1); invalid UTF-8 becomes U+FFFD. */
  text(pointer: number): string {
    const size = this.byteLength(pointer);
    const start = (pointer >>> 0) + 4;
    if (size < TextCache.MIN_BYTES) return size === 0 ? '' : this.#bytes.toString('utf8', start, start + size);
    const known = this.#cache.get(start, size);
    if (known !== undefined) return known;
    if (size > MAX_TEXT) throw new HostError('out-of-memory', `The program used a text of over ${MAX_TEXT} bytes.`);
    const text = this.#bytes.toString('utf8', start, start + size);
    this.#cache.set(start, size, text);
    return text;
  }

  /** A new String; lone surrogates become U+FFFD. */
  writeText(text: string): number {
    const length = text.length;
    if (length <= SHORT_TEXT) {
      const address = this.#writeAscii(text, length);
      if (address >= 0) return address;
    }
    const room = this.#top + 4 + 3 * length <= this.#bytes.length ? 3 * length : Buffer.byteLength(text);
    this.reserve(4 + room);
    const start = this.#top + 4;
    const size = this.#bytes.write(text, start, room, 'utf8');
    const address = this.alloc(4 + size);
    this.#view.setUint32(address, size, true);
    // As many bytes as code units: ASCII only, so that reading it again gives the same text.
    if (size === length && size >= TextCache.MIN_BYTES) this.#cache.set(start, size, text);
    return address;
  }

  /** A new String of ASCII; -1 where a character is not, and then nothing is allocated. */
  #writeAscii(text: string, length: number): number {
    this.reserve(4 + SHORT_TEXT);
    const address = this.#top;
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return -1;
      bytes[address + 4 + i] = code;
    }
    this.#view.setUint32(address, length, true);
    return this.alloc(4 + length);
  }

  /** A copy of the Bytes at a pointer. */
  bytes(pointer: number): Uint8Array {
    const size = this.byteLength(pointer);
    const start = (pointer >>> 0) + 4;
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + start, size).slice();
  }

  /** New Bytes. */
  writeBytes(bytes: Uint8Array): number {
    const address = this.alloc(4 + bytes.length);
    this.#view.setUint32(address, bytes.length, true);
    this.#bytes.set(bytes, address + 4);
    return address;
  }

  #refresh(): void {
    if (this.#memory === undefined) return;
    this.#bytes = Buffer.from(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }

  #grow(end: number): void {
    // The module may have grown its memory by itself.
    this.#refresh();
    const size = this.#bytes.length;
    if (end <= size) return;
    const pages = Math.ceil((end - size) / PAGE);
    if (end > this.#maxBytes || !this.#growBy(Math.max(pages, size / PAGE), pages)) throw outOfMemory(end - this.#top);
    this.#refresh();
  }

  /** Grows generously, so that the views are made anew seldom, or else by what is needed. */
  #growBy(pages: number, needed: number): boolean {
    if (this.#memory === undefined) return false;
    const inside = this.#bytes.length + pages * PAGE <= this.#maxBytes;
    for (const count of inside && pages > needed ? [pages, needed] : [needed]) {
      try {
        this.#memory.grow(count);
        return true;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    return false;
  }
}

const roundUp = (size: number): number => Math.ceil(size / 8) * 8;

function outOfMemory(size: number): HostError {
  const wanted = size < 1024 ? `${size} bytes` : `${Math.ceil(size / 1024)} KiB`;
  return new HostError('out-of-memory', `The program ran out of memory: there is no room for another ${wanted}.`);
}
