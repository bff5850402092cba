import type { Clock } from '../shared/clock.ts';
import type { RpcError } from '../shared/json-rpc.ts';
import { WaitingLine } from './waiting-line.ts';

/** Gives the place back; twice is harmless. */
export type Leave = () => void;

/** At most `places` at once, at most `queueLimit` waiting, first come first served (mcp-gateway §7). */
export class Gate {
  readonly #line: WaitingLine<undefined>;
  #free: number;

  constructor(clock: Clock, places: number, queueLimit: number) {
    this.#free = places;
    this.#line = new WaitingLine(clock, queueLimit);
  }

  /** Resolves with the way out. Rejects as the waiting line does. */
  async enter(waitMs: number, signal: AbortSignal | undefined): Promise<Leave> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#line.wait(undefined, waitMs, signal);
    let inside = true;
    return () => {
      if (inside) this.#leave();
      inside = false;
    };
  }

  /** Refuses everybody who waits. */
  close(error: RpcError): void {
    this.#line.close(error);
  }

  #leave(): void {
    if (!this.#line.admitFirst(() => true)) this.#free += 1;
  }
}
