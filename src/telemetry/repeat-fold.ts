import type { RuntimeEvent } from '../reconcile/ports.ts';

/** Repeats within this many milliseconds of the first are counted, not told again. */
const WINDOW_MS = 60_000;
/** Identities whose last event is remembered. */
const MAX_REMEMBERED = 10_000;

/** Finds events that say again what the last one of the same identity said (ports, EventSink). */
export class RepeatFold {
  readonly #last = new Map<string, { key: string; seq: number; atMs: number; count: number }>();

  /** The number and count of the event that this one repeats; undefined where it is news, which is then remembered. */
  repeats(event: RuntimeEvent, nowMs: number): { readonly seq: number; readonly count: number } | undefined {
    const of = event.identity ?? '';
    const key = JSON.stringify([event.kind, event.reason, event.message]);
    const last = this.#last.get(of);
    if (last?.key === key && nowMs - last.atMs < WINDOW_MS) {
      last.count += 1;
      return last;
    }
    this.#last.delete(of);
    this.#last.set(of, { key, seq: event.seq, atMs: nowMs, count: 1 });
    if (this.#last.size > MAX_REMEMBERED) this.#forgetOldest();
    return undefined;
  }

  #forgetOldest(): void {
    const { value } = this.#last.keys().next();
    if (value !== undefined) this.#last.delete(value);
  }
}
