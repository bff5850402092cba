import type { Clock } from '../shared/clock.ts';
import { withDeadline } from '../shared/abort.ts';
import { errorMessage } from '../shared/errors.ts';
import type { RpcMessage } from '../shared/json-rpc.ts';
import type { Channel } from './channel.ts';

/** Messages that nobody waits for: beyond this many on their way, more are dropped. */
const MAX_UNAWAITED = 64;
const UNAWAITED_MS = 10_000;

/** Sends for a session: with a deadline where somebody waits, bounded where nobody does. */
export class Outbox {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #log: (text: string) => void;
  #unawaited = 0;

  constructor(channel: Channel, clock: Clock, log: (text: string) => void) {
    this.#channel = channel;
    this.#clock = clock;
    this.#log = log;
  }

  /** A request: its own signal is its deadline. */
  send(message: RpcMessage, signal: AbortSignal): Promise<void> {
    return this.#channel.send(message, signal);
  }

  /** A notification that somebody waits for. Rejects with DeadlineError after `timeoutMs`. */
  async notify(message: RpcMessage, what: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    await withDeadline(this.#clock, what, timeoutMs, signal, (own) => this.#channel.send(message, own));
  }

  /** A reply or a cancellation: goes out when it can; a failure is only logged, because the channel's end tells the rest. */
  post(message: RpcMessage, what: string): void {
    if (this.#unawaited >= MAX_UNAWAITED) return;
    this.#unawaited += 1;
    this.notify(message, what, UNAWAITED_MS, undefined)
      .catch((error: unknown) => this.#log(`${what}: ${errorMessage(error)}`))
      .finally(() => {
        this.#unawaited -= 1;
      });
  }
}
