/** Places of the cache; a power of two. */
const PLACES = 8;

/**
 * Remembers the last long texts that were read or written, by address and byte length: a loop over the characters of a text asks for it
 * again and again. Strings never change after they are made (abi.md §2.1), so an entry holds until its memory is given back.
 */
export class TextCache {
  /** Shorter texts cost less to read than to remember. */
  static readonly MIN_BYTES = 48;

  readonly #addresses = new Float64Array(PLACES);
  readonly #sizes = new Float64Array(PLACES);
  readonly #texts: (string | undefined)[] = new Array<string | undefined>(PLACES).fill(undefined);

  get(address: number, size: number): string | undefined {
    const place = (address >>> 3) & (PLACES - 1);
    return this.#addresses[place] === address && this.#sizes[place] === size ? this.#texts[place] : undefined;
  }

  set(address: number, size: number, text: string): void {
    const place = (address >>> 3) & (PLACES - 1);
    this.#addresses[place] = address;
    this.#sizes[place] = size;
    this.#texts[place] = text;
  }

  /** Forgets what lies at or above an address. */
  dropFrom(address: number): void {
    for (let place = 0; place < PLACES; place++) {
      if ((this.#addresses[place] ?? 0) >= address) this.#texts[place] = undefined;
    }
  }
}
