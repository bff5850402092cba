import type { Core } from '../core/core.ts';
import { TRAP } from './build.ts';
import type { Frame } from './frame.ts';

/** Where a match goes on when a row does not fit: behind the scope that `around` makes, or to a trap. */
export class Exit {
  #label: number | undefined;

  constructor(
    private readonly frame: Frame,
    private readonly last = false,
  ) {}

  /** No row is left. */
  static trap(frame: Frame): Exit {
    return new Exit(frame, true);
  }

  /** Goes there; never returns. */
  leave(): Core {
    if (this.last) return TRAP;
    this.#label ??= this.frame.label();
    return { op: 'leave', label: this.#label, value: null };
  }

  get used(): boolean {
    return this.#label !== undefined;
  }

  /** The part of which this is the end; it gives no value. */
  around(body: Core): Core {
    return this.#label === undefined ? body : { op: 'scope', rep: null, label: this.#label, body };
  }
}
