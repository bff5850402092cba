import type { Clock } from '../shared/clock.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';

/** Gives the place back; twice is harmless. */
export type Leave = () => void;

interface Waiter {
  readonly admit: () => void;
  readonly refuse: (error: RpcError) => void;
}

/** At most `places` at once, at most `queueLimit` waiting, first come first served (mcp-gateway §7). */
export class Gate {
  readonly #clock: Clock;
  readonly #queueLimit: number;
  readonly #queue = new Set<Waiter>();
  #free: number;

  constructor(clock: Clock, places: number, queueLimit: number) {
    this.#clock = clock;
    this.#free = places;
    this.#queueLimit = queueLimit;
  }

  /**
   * Resolves with the way out. Rejects with RpcError RPC.overloaded {sent: false} where the queue is full or `waitMs` is over,
   * RPC.timeout where the signal fires.
   */
  async enter(waitMs: number, signal: AbortSignal | undefined): Promise<Leave> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(waitMs, signal);
    let inside = true;
    return () => {
      if (inside) this.#leave();
      inside = false;
    };
  }

  /** Refuses everybody who waits. */
  close(error: RpcError): void {
    for (const waiter of this.#queue) waiter.refuse(error);
  }

  #wait(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#queue.size >= this.#queueLimit)
      throw new RpcError(RPC.overloaded, `all places are taken and ${this.#queue.size} calls wait already`, {
        sent: false,
      });
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        cancel();
        signal?.removeEventListener('abort', onAbort);
        this.#queue.delete(waiter);
        act();
      };
      const waiter: Waiter = {
        admit: () => settle(resolve),
        refuse: (error) => settle(() => reject(error)),
      };
      const onAbort = () => waiter.refuse(new RpcError(RPC.timeout, 'cancelled while it waited', { sent: false }));
      const cancel = this.#clock.after(waitMs, () =>
        waiter.refuse(new RpcError(RPC.overloaded, `no place came free within ${waitMs} ms`, { sent: false })),
      );
      this.#queue.add(waiter);
      if (signal?.aborted === true) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  #leave(): void {
    const [next] = this.#queue;
    if (next === undefined) this.#free += 1;
    else next.admit();
  }
}
