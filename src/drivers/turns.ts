import type { Clock } from '../shared/clock.ts';
import type { RpcError } from '../shared/json-rpc.ts';
import type { Leave } from './gate.ts';
import { WaitingLine } from './waiting-line.ts';

/**
 * One client at a time, once that has become necessary: a server that asks without a word of whom makes calls of different clients at one
 * time impossible to tell apart (mcp-gateway §4.6). Calls of one client overlap.
 */
export class Turns {
  readonly #line: WaitingLine<string>;
  /** Calls that are inside, by the id of their client. */
  readonly #inside = new Map<string, number>();
  #oneByOne = false;

  constructor(clock: Clock, queueLimit: number) {
    this.#line = new WaitingLine(clock, queueLimit);
  }

  /** From now on, for good; what overlaps already ends as it is. */
  oneByOne(): void {
    this.#oneByOne = true;
  }

  /**
   * Resolves with the way out. `ahead`: before those who wait, where its client has the turn: what a client asks while it is itself asked
   * must not wait for the others, who wait for it. Rejects as the waiting line does.
   */
  async enter(client: string, ahead: boolean, waitMs: number, signal: AbortSignal | undefined): Promise<Leave> {
    if (this.#oneByOne && !(this.#mayEnter(client) && (ahead || this.#line.isEmpty)))
      await this.#line.wait(client, waitMs, signal); // whoever admits it has counted it
    else this.#count(client);
    let inside = true;
    return () => {
      if (inside) this.#leave(client);
      inside = false;
    };
  }

  /** Refuses everybody who waits. */
  close(error: RpcError): void {
    this.#line.close(error);
  }

  #mayEnter(client: string): boolean {
    return this.#inside.size === 0 || (this.#inside.size === 1 && this.#inside.has(client));
  }

  #count(client: string): void {
    this.#inside.set(client, (this.#inside.get(client) ?? 0) + 1);
  }

  #leave(client: string): void {
    const rest = (this.#inside.get(client) ?? 1) - 1;
    if (rest > 0) this.#inside.set(client, rest);
    else this.#inside.delete(client);
    const admit = (waiting: string): boolean => {
      if (!this.#mayEnter(waiting)) return false;
      this.#count(waiting);
      return true;
    };
    while (this.#line.admitFirst(admit));
  }
}
