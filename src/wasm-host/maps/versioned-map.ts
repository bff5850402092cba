import { MapStore, type MapCell, type MapKey } from './map-store.ts';

/** What makes a version of the next newer one: the entry as it was before. */
interface Change {
  readonly next: VersionedMap;
  readonly key: MapKey;
  readonly slot: number;
  /** Undefined: the key was not there. */
  readonly cell: MapCell | undefined;
}

/** A long key counts as a cell for so many characters: it is kept outside of the module's memory. */
const KEY_CELL = 64;
/** An older version is asked through at most so many changes before it gets a store of its own. */
const WALK = 8;
/** Changes that may hang on a store however small it is. */
const SLACK = 32;

/**
 * A persistent map: `set` and `remove` give a new version and leave this one as it is, like the copies of abi.md §2.6, at constant cost
 * where the newest version is changed. The newest version owns the store, an older one knows how it differs from the next newer one
 * (H. Baker, Shallow Binding Makes Functional Arrays Fast, 1991). At most about twice as many changes as entries hang on a store, so that
 * reading an old version never costs more than the copy that it replaces.
 */
export class VersionedMap {
  #store: MapStore | undefined;
  #change: Change | undefined;
  /** Told about each entry that is copied, and about long keys. */
  readonly #spend: (entries: number) => void;

  constructor(spend: (entries: number) => void, store = new MapStore([], [], new Map(), 0)) {
    this.#spend = spend;
    this.#store = store;
  }

  get size(): number {
    return this.#owned().slots.size;
  }

  get(key: MapKey): MapCell | undefined {
    let version: VersionedMap | undefined = undefined;
    let change = this.#change;
    for (let steps = 0; change !== undefined && steps < WALK; steps++) {
      if (change.key === key) return change.cell;
      version = change.next;
      change = version.#change;
    }
    const store = change === undefined ? (version ?? this).#owned() : this.#owned();
    const slot = store.slots.get(key);
    return slot === undefined ? undefined : store.cells[slot];
  }

  set(key: MapKey, cell: MapCell): VersionedMap {
    const store = this.#owned();
    const slot = store.slots.get(key);
    if (slot !== undefined && store.cells[slot] === cell) return this;
    if (typeof key === 'string' && key.length >= KEY_CELL) this.#spend(Math.floor(key.length / KEY_CELL));
    if (this.#isFull(store)) return this.#copyWith((copy) => copy.put(key, cell));
    const next = this.#handOver(
      store,
      key,
      slot ?? store.keys.length,
      slot === undefined ? undefined : store.cells[slot],
    );
    store.put(key, cell);
    return next;
  }

  remove(key: MapKey): VersionedMap {
    const store = this.#owned();
    const slot = store.slots.get(key);
    if (slot === undefined) return this;
    if (this.#isFull(store)) return this.#copyWith((copy) => drop(copy, key));
    const next = this.#handOver(store, key, slot, store.cells[slot]);
    drop(store, key);
    return next;
  }

  /** Keys and cells in order of insertion; the store must not change meanwhile. */
  entries(): Iterable<readonly [MapKey, MapCell]> {
    return cellsOf(this.#owned());
  }

  #isFull(store: MapStore): boolean {
    return store.depth >= Math.max(SLACK, 2 * store.slots.size);
  }

  /** The next version gets the store, this one the way back. */
  #handOver(store: MapStore, key: MapKey, slot: number, cell: MapCell | undefined): VersionedMap {
    const next = new VersionedMap(this.#spend, store);
    this.#store = undefined;
    this.#change = { next, key, slot, cell };
    store.depth++;
    return next;
  }

  #copyWith(change: (copy: MapStore) => void): VersionedMap {
    const store = this.#owned();
    this.#spend(store.slots.size);
    const copy = store.compact();
    change(copy);
    return new VersionedMap(this.#spend, copy);
  }

  /** The store of this version; an older version gets one of its own here. */
  #owned(): MapStore {
    if (this.#store !== undefined) return this.#store;
    const back: Change[] = [];
    let owner: MapStore | undefined;
    let change = this.#change;
    while (change !== undefined) {
      back.push(change);
      owner = change.next.#store;
      change = change.next.#change;
    }
    if (owner === undefined) throw new Error('a version of a map has no store');
    this.#spend(owner.keys.length);
    const store = undo(owner, back);
    this.#store = store;
    this.#change = undefined;
    return store;
  }
}

/** A copy of `owner` as it was before the changes, which are in order from the oldest to the newest. Slots stay: older versions use them. */
function undo(owner: MapStore, back: readonly Change[]): MapStore {
  const keys = owner.keys.slice();
  const cells = owner.cells.slice();
  const slots = new Map(owner.slots);
  for (const { key, slot, cell } of back.toReversed()) {
    if (cell === undefined) {
      keys.length = slot;
      cells.length = slot;
      slots.delete(key);
    } else {
      keys[slot] = key;
      cells[slot] = cell;
      slots.set(key, slot);
    }
  }
  return new MapStore(keys, cells, slots, Math.max(0, owner.depth - back.length));
}

function drop(store: MapStore, key: MapKey): void {
  const slot = store.slots.get(key);
  if (slot === undefined) return;
  store.keys[slot] = undefined;
  store.slots.delete(key);
}

function* cellsOf(store: MapStore): Generator<readonly [MapKey, MapCell]> {
  for (const [key, slot] of store.entrySlots()) yield [key, store.cells[slot] ?? 0];
}
