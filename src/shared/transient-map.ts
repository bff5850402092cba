/**
 * A Map for what lives only as long as a call. V8 replaces the table of a Map or Set now and again, and an old table, which still holds what was in
 * it, points to the new one: once one of them has grown old, every later one is kept with all that it held until the next full collection, and each
 * short one costs ten times as much. So what is deleted here is let go of at once, whoever still holds the table.
 */
export class TransientMap<K, V> {
  readonly #cells = new Map<K, Cell<V>>();

  get size(): number {
    return this.#cells.size;
  }

  has(key: K): boolean {
    return this.#cells.has(key);
  }

  get(key: K): V | undefined {
    return this.#cells.get(key)?.value;
  }

  set(key: K, value: V): void {
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, { value });
    else cell.value = value;
  }

  /** False where there was none. */
  delete(key: K): boolean {
    const cell = this.#cells.get(key);
    if (cell === undefined) return false;
    cell.value = undefined;
    return this.#cells.delete(key);
  }

  /** In the order in which their keys came; what comes or goes meanwhile is heeded as by a Map. */
  *values(): Generator<V> {
    for (const { value } of this.#cells.values()) if (value !== undefined) yield value;
  }
}

interface Cell<V> {
  /** Undefined when it has been deleted. */
  value: V | undefined;
}
