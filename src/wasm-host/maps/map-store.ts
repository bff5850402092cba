/** Keys of a map: String as text, every other key type as its 64 bits (abi.md §2.6). */
export type MapKey = string | bigint;
/** Values as wasm has them: i32 as number, i64 (and the bits of an f64) as bigint. */
export type MapCell = number | bigint;

/**
 * The entries of one map that several versions share; the newest of them owns it. An entry keeps its slot for as long as the store lives,
 * removed or not, so that a removal can be undone at its place.
 */
export class MapStore {
  /** By slot; undefined is a removed entry. */
  readonly keys: (MapKey | undefined)[];
  readonly cells: MapCell[];
  /** Slot of each key that is there. */
  readonly slots: Map<MapKey, number>;
  /** How many older versions may hang on the owner. */
  depth: number;

  constructor(keys: (MapKey | undefined)[], cells: MapCell[], slots: Map<MapKey, number>, depth: number) {
    this.keys = keys;
    this.cells = cells;
    this.slots = slots;
    this.depth = depth;
  }

  /** A copy without the slots of removed entries, on which no older version hangs. */
  compact(): MapStore {
    const copy = new MapStore([], [], new Map(), 0);
    for (const [key, slot] of this.entrySlots()) copy.put(key, this.cells[slot] ?? 0);
    return copy;
  }

  /** Key and slot of each entry, in order of insertion. */
  *entrySlots(): Generator<readonly [MapKey, number]> {
    for (const [slot, key] of this.keys.entries()) if (key !== undefined) yield [key, slot];
  }

  /** Adds an entry at the end, or changes the one that is there. */
  put(key: MapKey, cell: MapCell): void {
    const slot = this.slots.get(key);
    if (slot !== undefined) {
      this.cells[slot] = cell;
      return;
    }
    this.slots.set(key, this.keys.length);
    this.keys.push(key);
    this.cells.push(cell);
  }
}
