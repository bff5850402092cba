import { HostError } from '../host-error.ts';
import { VersionedMap } from './versioned-map.ts';

/**
 * The maps of one instance by handle (abi.md §2.6). Handles start at 1 and live until the end of the call: `mark` and `release` go around it.
 */
export class MapTable {
  readonly #maps: VersionedMap[] = [];
  readonly #maxCells: number;
  #cells = 0;

  /** `maxCells`: how many handles and copied entries there may be in one call. */
  constructor(maxCells: number) {
    this.#maxCells = maxCells;
  }

  /** Handle of a new, empty map. */
  create(): number {
    return this.add(new VersionedMap(this.#spend));
  }

  /** Handle of a map that an operation on another one gave. */
  add(map: VersionedMap): number {
    this.#spend(1);
    return this.#maps.push(map);
  }

  /** Throws `bad-pointer` for a handle that this table has not given. */
  get(handle: number): VersionedMap {
    const map = this.#maps[handle - 1];
    if (map === undefined)
      throw new HostError('bad-pointer', `The module gave the map handle ${handle}, which does not exist.`);
    return map;
  }

  /** Releases every map that was made after there were `mark` of them. */
  release(mark: number): void {
    if (this.#maps.length > mark) this.#maps.length = mark;
    if (mark === 0) this.#cells = 0;
  }

  get count(): number {
    return this.#maps.length;
  }

  readonly #spend = (cells: number): void => {
    this.#cells += cells;
    if (this.#cells > this.#maxCells) {
      throw new HostError(
        'out-of-memory',
        `The program ran out of memory: its maps hold over ${this.#maxCells} entries and versions.`,
      );
    }
  };
}
