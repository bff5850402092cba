/** The window is counted in so many equal parts: a call is forgotten a part too early at most. */
const PARTS = 60;

/** How many calls ended within a moving window, and how many of them failed. O(1) a call and about 500 bytes, however many there are. */
export class CallWindow {
  readonly #partMs: number;
  /** Calls and failures of each part, by turns: a ring. */
  readonly #counts = new Uint32Array(PARTS * 2);
  /** The number of the newest part, counted from the epoch. */
  #newest = 0;
  #calls = 0;
  #failures = 0;

  constructor(windowMs: number) {
    this.#partMs = windowMs / PARTS;
  }

  /** As of the last `add`. */
  get calls(): number {
    return this.#calls;
  }

  /** As of the last `add`. */
  get failures(): number {
    return this.#failures;
  }

  /** A call has ended now. */
  add(failed: boolean, nowMs: number): void {
    this.#turn(Math.floor(nowMs / this.#partMs));
    const at = (this.#newest % PARTS) * 2;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#calls += 1;
    if (!failed) return;
    this.#counts[at + 1] = (this.#counts[at + 1] ?? 0) + 1;
    this.#failures += 1;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#calls = 0;
    this.#failures = 0;
  }

  #turn(part: number): void {
    const passed = part - this.#newest;
    if (Math.abs(passed) >= PARTS) {
      this.clear();
      this.#newest = part;
    }
    // A clock that was put back a little: the newest part goes on until it is caught up with.
    while (this.#newest < part) {
      this.#newest += 1;
      const at = (this.#newest % PARTS) * 2;
      this.#calls -= this.#counts[at] ?? 0;
      this.#failures -= this.#counts[at + 1] ?? 0;
      this.#counts.fill(0, at, at + 2);
    }
  }
}
