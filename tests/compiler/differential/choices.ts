/** A stream of small numbers that a generator chooses by; behind its end every choice is the first, which is the simplest. So fast-check shrinks programs by shrinking a list of numbers. */
export class Choices {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** 0 ≤ answer < count. */
  below(count: number): number {
    const number = this.#numbers[this.#at++] ?? 0;
    return number % count;
  }

  /** True in `percent` of a hundred. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[this.below(from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }

  /** Whether the list is used up: time to end what is begun. */
  get spent(): boolean {
    return this.#at >= this.#numbers.length;
  }
}
