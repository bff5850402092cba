const UTF8 = new TextEncoder();

/** A byte buffer that grows, with the encodings of the wasm binary format. */
export class ByteWriter {
  /** Only the first `length` bytes are written. */
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
  }

  /** What was written; a view, valid until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Makes room for `more` bytes. */
  reserve(more: number): void {
    const need = this.length + more;
    if (need <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(need, this.bytes.length * 2));
    grown.set(this.written());
    this.bytes = grown;
  }

  u8(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Unsigned LEB128 of a value below 2^32. */
  u32(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.u8(rest);
  }

  /** Signed LEB128 of a 32-bit value. */
  s32(value: number): void {
    let rest = value | 0;
    while (rest < -0x40 || rest > 0x3f) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.u8(rest & 0x7f);
  }

  /** Signed LEB128 of a 64-bit value. */
  s64(value: bigint): void {
    let rest = BigInt.asIntN(64, value);
    while (rest < -0x8000_0000n || rest > 0x7fff_ffffn) {
      this.u8(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.s32(Number(rest));
  }

  /** Four bytes, little endian. */
  word(value: number): void {
    this.reserve(4);
    for (let shift = 0; shift < 32; shift += 8) this.bytes[this.length++] = (value >>> shift) & 0xff;
  }

  /** Eight bytes, little endian. */
  long(value: bigint): void {
    const bits = BigInt.asUintN(64, value);
    this.word(Number(bits & 0xffff_ffffn));
    this.word(Number(bits >> 32n));
  }

  f64(value: number): void {
    this.reserve(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  zeros(count: number): void {
    this.reserve(count);
    this.bytes.fill(0, this.length, this.length + count);
    this.length += count;
  }

  /** Copies bytes `start` to `end` of another buffer. */
  copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    if (end - start > 32) {
      this.bytes.set(from.subarray(start, end), this.length);
      this.length += end - start;
    } else {
      for (let at = start; at < end; at++) this.bytes[this.length++] = from[at] ?? 0;
    }
  }

  /** The length of the UTF-8 form as LEB128, then the bytes. */
  name(text: string): void {
    const start = this.length;
    this.u32(text.length);
    if (!this.#ascii(text)) {
      this.length = start;
      const bytes = UTF8.encode(text);
      this.u32(bytes.length);
      this.raw(bytes);
    }
  }

  /** A string block (abi.md §2.1): the length of the UTF-8 form as a word, then the bytes. */
  block(text: string): void {
    const start = this.length;
    this.word(text.length);
    if (!this.#ascii(text)) {
      this.length = start;
      const bytes = UTF8.encode(text);
      this.word(bytes.length);
      this.raw(bytes);
    }
  }

  #ascii(text: string): boolean {
    this.reserve(text.length);
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 0x7f) return false;
      this.bytes[this.length++] = unit;
    }
    return true;
  }
}

/** Bytes of `value` as unsigned LEB128. */
export function lebSize(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;
}
