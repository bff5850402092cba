import type { Cancel, Clock } from '../../shared/clock.ts';
import type { Refusal } from './grants.ts';

/** Different refusals of one service that are told in a window; what comes beyond is counted. */
const TOLD = 8;
const WINDOW_MS = 60_000;

/** Keeps the audit readable and bounded: a program may try what it is not granted as often, and in as many ways, as it likes. */
export class ToldRefusals {
  readonly #clock: Clock;
  readonly #tell: (refusal: Refusal) => void;
  readonly #told = new Set<string>();
  #more = 0;
  #last: Refusal | undefined;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, tell: (refusal: Refusal) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Tells the first of each, and at the end of the minute how many more there were. */
  tell(refusal: Refusal): void {
    this.#cancel ??= this.#clock.after(WINDOW_MS, () => this.close());
    if (this.#told.size >= TOLD || this.#told.has(refusal.message)) {
      this.#more++;
      this.#last = refusal;
      return;
    }
    this.#told.add(refusal.message);
    this.#tell(refusal);
  }

  /** Ends the minute: what was counted is told. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#told.clear();
    const [more, last] = [this.#more, this.#last];
    this.#more = 0;
    this.#last = undefined;
    if (last === undefined) return;
    const times = more === 1 ? 'once more' : `${more} times more`;
    this.#tell({ need: last.need, message: `The program was refused ${times}; the last time: ${last.message}` });
  }
}
