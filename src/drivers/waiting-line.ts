import type { Clock } from '../shared/clock.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';

interface Waiter<T> {
  readonly tag: T;
  readonly admit: () => void;
  readonly refuse: (error: RpcError) => void;
}

/** Calls that wait for something, first come first served; each of them until its own time is over. */
export class WaitingLine<T> {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #waiters = new Set<Waiter<T>>();

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#waiters.size === 0;
  }

  /**
   * Resolves when it is admitted. Rejects with RpcError RPC.overloaded {sent: false} where the line is full or `waitMs` is over,
   * RPC.timeout where the signal fires.
   */
  wait(tag: T, waitMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiters.size >= this.#limit) {
      const why = `all places are taken and ${this.#waiters.size} calls wait already`;
      throw new RpcError(RPC.overloaded, why, { sent: false });
    }
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        cancel();
        signal?.removeEventListener('abort', onAbort);
        this.#waiters.delete(waiter);
        act();
      };
      const waiter: Waiter<T> = {
        tag,
        admit: () => settle(resolve),
        refuse: (error) => settle(() => reject(error)),
      };
      const onAbort = () => waiter.refuse(new RpcError(RPC.timeout, 'cancelled while it waited', { sent: false }));
      const cancel = this.#clock.after(waitMs, () =>
        waiter.refuse(new RpcError(RPC.overloaded, `no place came free within ${waitMs} ms`, { sent: false })),
      );
      this.#waiters.add(waiter);
      if (signal?.aborted === true) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Admits the first where `may` says so; false where nobody was admitted. */
  admitFirst(may: (tag: T) => boolean): boolean {
    const [first] = this.#waiters;
    if (first === undefined || !may(first.tag)) return false;
    first.admit();
    return true;
  }

  /** Refuses everybody who waits. */
  close(error: RpcError): void {
    for (const waiter of this.#waiters) waiter.refuse(error);
  }
}
