import type { Rep } from '../core/core.ts';
import type { ByteWriter } from './byte-writer.ts';

/** The byte of a value type in the binary format. */
export const VALUE_TYPE: Record<Rep, number> = { i32: 0x7f, i64: 0x7e, f64: 0x7c };
const FUNCTION_TYPE = 0x60;

/** The function types of a module, each once, in the order of their first use. */
export class TypeTable {
  readonly #known = new Map<string, number>();
  readonly #rows: { readonly params: readonly Rep[]; readonly result: Rep | null }[] = [];

  /** Index of the type. */
  index(params: readonly Rep[], result: Rep | null): number {
    let key = result ?? '';
    for (const param of params) key += ` ${param}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.#rows.push({ params, result }) - 1;
    this.#known.set(key, index);
    return index;
  }

  /** The content of the type section. */
  write(to: ByteWriter): void {
    to.u32(this.#rows.length);
    for (const { params, result } of this.#rows) {
      to.u8(FUNCTION_TYPE);
      to.u32(params.length);
      for (const param of params) to.u8(VALUE_TYPE[param]);
      to.u8(result === null ? 0 : 1);
      if (result !== null) to.u8(VALUE_TYPE[result]);
    }
  }
}
