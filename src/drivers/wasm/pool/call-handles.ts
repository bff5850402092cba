import type { Closeable, Handles } from '../outside/operation.ts';

const OPEN = 64;

/** What one call has opened outside; closed with it. */
export class CallHandles implements Handles {
  readonly #open = new Map<bigint, Closeable>();
  #last = 0n;
  #over = false;

  open(thing: Closeable): bigint {
    if (this.#over || this.#open.size >= OPEN) {
      thing.close();
      throw new Error(
        this.#over ? 'the call is over' : `a call holds at most ${OPEN} open streams, sessions and watches`,
      );
    }
    this.#open.set(++this.#last, thing);
    return this.#last;
  }

  get<T extends Closeable>(handle: bigint, kind: abstract new (...args: never[]) => T): T | undefined {
    const thing = this.#open.get(handle);
    return thing instanceof kind ? thing : undefined;
  }

  close(handle: bigint): void {
    const thing = this.#open.get(handle);
    this.#open.delete(handle);
    thing?.close();
  }

  /** Nothing can be opened any more. */
  closeAll(): void {
    this.#over = true;
    const things = [...this.#open.values()];
    this.#open.clear();
    for (const thing of things) thing.close();
  }
}
