import { HostError } from '../../../wasm-host/host-error.ts';
import type { Refusal } from '../grants.ts';

/** Of one call; a loop of refused tries says no more than its beginning. */
const SAID = 16;

/** Says what a program was not allowed to do, so that it is audited. */
export class Refusals {
  readonly #post: (refusal: Refusal) => void;
  readonly #said = new Set<string>();

  constructor(post: (refusal: Refusal) => void) {
    this.#post = post;
  }

  beginCall(): void {
    if (this.#said.size > 0) this.#said.clear();
  }

  /** Audits it, once a call. */
  say(refusal: Refusal): void {
    if (this.#said.size >= SAID || this.#said.has(refusal.message)) return;
    this.#said.add(refusal.message);
    this.#post(refusal);
  }

  /** Audits it, and ends the call with what would allow it. */
  end(refusal: Refusal): never {
    this.say(refusal);
    const hint = refusal.add === undefined ? '' : ` To allow it, add to the manifest: ${refusal.add}`;
    throw new HostError('refused', `${refusal.message}${hint}`);
  }
}
