/** A failed assertion; the values as text, a String as JSON text. */
export interface AssertionFailure {
  readonly kind: 'assert_eq' | 'assert_eq_float' | 'assert_eq_string' | 'assert_true' | 'assert_false';
  readonly actual: string;
  readonly expected: string;
}

/** More failures of one function are counted, not kept. */
const KEPT = 100;

/** What the test builtins record (language.md §11 test): they never trap. */
export class Assertions {
  /** Assertions that ran. */
  total = 0;
  /** Those that failed. */
  failed = 0;
  #failures: AssertionFailure[] = [];

  pass(): void {
    this.total++;
  }

  fail(kind: AssertionFailure['kind'], actual: string, expected: string): void {
    this.total++;
    this.failed++;
    if (this.#failures.length < KEPT) this.#failures.push({ kind, actual, expected });
  }

  get failures(): readonly AssertionFailure[] {
    return this.#failures;
  }

  reset(): void {
    this.total = 0;
    this.failed = 0;
    this.#failures = [];
  }
}
