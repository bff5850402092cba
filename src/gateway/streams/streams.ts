import type { FastifyReply } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import { SseStream, type SseOwner } from './sse-stream.ts';

/** Opens every stream of the gateway and owns them until they close. */
export class Streams {
  readonly #clock: Clock;
  readonly #keepAliveMs: number;
  readonly #open = new Set<SseStream>();
  #whenEmpty: () => void = () => undefined;

  constructor(clock: Clock, keepAliveMs: number) {
    this.#clock = clock;
    this.#keepAliveMs = keepAliveMs;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Answers the reply with a stream from here on. */
  open(reply: FastifyReply, owner: SseOwner): SseStream {
    const closed = () => {
      this.#open.delete(stream);
      owner.closed();
      if (this.#open.size === 0) this.#whenEmpty();
    };
    const stream = new SseStream(reply, this.#clock, this.#keepAliveMs, { room: () => owner.room(), closed });
    this.#open.add(stream);
    return stream;
  }

  /** Waits until every stream has been ended by its owner and read to its end; cuts off what is left after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(graceMs, resolve);
      this.#whenEmpty = () => {
        cancel();
        resolve();
      };
    });
    for (const stream of this.#open) stream.drop();
  }
}
