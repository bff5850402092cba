const UTF8 = new TextDecoder();

/** Reads what ByteWriter writes; throws a RangeError behind the end. */
export class ByteReader {
  at: number;
  readonly #bytes: Uint8Array;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  u8(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined || this.at >= this.end) throw new RangeError('the module ends too early');
    this.at++;
    return byte;
  }

  /** Unsigned LEB128, below 2^32. */
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  }

  /** Signed LEB128 of up to 64 bits. */
  s64(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(Number(shift) + 7, value);
    }
  }

  f64(): number {
    const { buffer, byteOffset } = this.#bytes;
    const value = new DataView(buffer, byteOffset).getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  raw(count: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.at, this.at + count);
    this.at += count;
    return bytes;
  }

  name(): string {
    return UTF8.decode(this.raw(this.u32()));
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.raw(this.end - this.at);
  }

  /** A reader for the next `count` bytes, which are skipped here. */
  part(count: number): ByteReader {
    const part = new ByteReader(this.#bytes, this.at, this.at + count);
    this.at += count;
    return part;
  }

  /** As many items as the number that comes first says. */
  vector<T>(item: () => T): T[] {
    return Array.from({ length: this.u32() }, item);
  }
}
