import type { Identity } from '../reconcile/ports.ts';

/**
 * Ends all that are named, each after those that depend on it, as many at once as that allows; in a circle somebody has to be first. An end that
 * fails holds nobody up. Without recursion: a chain may be as long as the fleet.
 */
export async function endInOrder(
  names: readonly Identity[],
  dependantsOf: (name: Identity) => Iterable<Identity>,
  end: (name: Identity) => Promise<unknown>,
): Promise<void> {
  const order = new Order(names, dependantsOf);
  let running = 0;
  await new Promise<void>((resolve) => {
    const begin = (name: Identity) => {
      running += 1;
      const settle = () => {
        running -= 1;
        order.ended(name);
        next();
      };
      end(name).then(settle, settle);
    };
    const next = () => {
      for (const name of order.takeFree()) begin(name);
      if (running > 0) return;
      const first = order.takeFromCircles();
      if (first.length === 0) resolve();
      for (const name of first) begin(name);
    };
    next();
  });
}

/** Who may end now: Kahn's algorithm over what depends on what. */
class Order {
  /** Name -> those that it has to wait for still; only of what has not begun to end. */
  readonly #waitsFor = new Map<Identity, Set<Identity>>();
  /** Name -> those that wait for it. */
  readonly #waiters = new Map<Identity, Identity[]>();
  #free: Identity[] = [];

  constructor(names: readonly Identity[], dependantsOf: (name: Identity) => Iterable<Identity>) {
    const known = new Set(names);
    for (const name of known) {
      const first = new Set([...dependantsOf(name)].filter((other) => known.has(other) && other !== name));
      for (const other of first) this.#waiters.set(other, [...(this.#waiters.get(other) ?? []), name]);
      this.#waitsFor.set(name, first);
      if (first.size === 0) this.#free.push(name);
    }
  }

  takeFree(): readonly Identity[] {
    const free = this.#free;
    this.#free = [];
    for (const name of free) this.#waitsFor.delete(name);
    return free;
  }

  /** Where nobody is free and somebody is left: one of each circle. */
  takeFromCircles(): readonly Identity[] {
    const taken: Identity[] = [];
    const seenFrom = new Map<Identity, Identity>();
    for (const start of this.#waitsFor.keys()) {
      let at: Identity | undefined = start;
      while (at !== undefined && !seenFrom.has(at)) {
        seenFrom.set(at, start);
        [at] = this.#waitsFor.get(at) ?? [];
      }
      if (at !== undefined && seenFrom.get(at) === start) taken.push(at);
    }
    for (const name of taken) this.#waitsFor.delete(name);
    return taken;
  }

  ended(name: Identity): void {
    for (const waiter of this.#waiters.get(name) ?? []) {
      const left = this.#waitsFor.get(waiter);
      if (left?.delete(name) === true && left.size === 0) this.#free.push(waiter);
    }
  }
}
