/** A set of whole numbers made of ranges; both ends belong to a range. */
export class IntervalSet {
  /** Disjoint and in order. */
  readonly #ranges: { from: bigint; to: bigint }[] = [];

  /** How much of a range is in the set. */
  covered(from: bigint, to: bigint): 'all' | 'some' | 'none' {
    const range = this.#ranges[this.#firstEndingAt(from)];
    if (range === undefined || range.from > to) return 'none';
    return range.from <= from && to <= range.to ? 'all' : 'some';
  }

  add(from: bigint, to: bigint): void {
    // Neighbours join, too: 1..5 and 6..9 cover 1..9.
    const first = this.#firstEndingAt(from - 1n);
    let last = first;
    let low = from;
    let high = to;
    for (let range = this.#ranges[last]; range !== undefined && range.from <= to + 1n; range = this.#ranges[++last]) {
      if (range.from < low) low = range.from;
      if (range.to > high) high = range.to;
    }
    this.#ranges.splice(first, last - first, { from: low, to: high });
  }

  /** Index of the first range whose end is not below a number. */
  #firstEndingAt(value: bigint): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.to ?? value) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
