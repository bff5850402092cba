import type { Identity, Upstream, Why } from '../reconcile/ports.ts';
import { aborted, withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { errorMessage } from '../shared/errors.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';

interface Waiting {
  readonly identity: Identity;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Asks for the start. */
  readonly ask: () => void;
  /** The channel, or why there will be none; undefined where it is not known yet. */
  readonly look: () => Upstream | Why | undefined;
}

/** Callers that wait for a service to wake. */
export class Sleepers {
  readonly #clock: Clock;
  readonly #waiting = new Map<Identity, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something may have changed for the service. */
  looked(identity: Identity): void {
    for (const wake of this.#waiting.get(identity) ?? []) wake();
  }

  /** Rejects with RpcError, `data.sent` false: nothing has reached the service. */
  async wait(waiting: Waiting): Promise<Upstream> {
    const { identity, timeoutMs, signal } = waiting;
    try {
      return await withDeadline(this.#clock, `the start of ${identity}`, timeoutMs, signal, (inner) =>
        this.#watch(waiting, inner),
      );
    } catch (error) {
      const data = { sent: false, service: identity };
      throw new RpcError(RPC.unavailable, errorMessage(error), data, { cause: error });
    }
  }

  async #watch({ identity, ask, look }: Waiting, signal: AbortSignal): Promise<Upstream> {
    let notify: () => void = () => undefined;
    const wake = () => notify();
    const others = this.#waiting.get(identity) ?? new Set();
    this.#waiting.set(identity, others.add(wake));
    const over = aborted(signal);
    over.catch(() => undefined);
    try {
      ask();
      for (;;) {
        const changed = new Promise<void>((resolve) => (notify = resolve));
        const found = look();
        if (found !== undefined && 'request' in found) return found;
        if (found !== undefined) throw new Error(`${identity} does not start: ${found.message}`);
        await Promise.race([changed, over]);
      }
    } finally {
      others.delete(wake);
      if (others.size === 0) this.#waiting.delete(identity);
    }
  }
}
