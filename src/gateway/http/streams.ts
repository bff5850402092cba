import type { FastifyReply } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import { SseStream, type SseLimits } from './sse-stream.ts';

/** Opens every stream of the gateway and owns them until they close. */
export class Streams {
  readonly #clock: Clock;
  readonly #limits: SseLimits;
  readonly #open = new Set<SseStream>();
  #whenEmpty: () => void = () => undefined;

  constructor(clock: Clock, limits: SseLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Answers the reply with a stream from here on. */
  open(reply: FastifyReply, onClose?: (stream: SseStream) => void): SseStream {
    const stream = new SseStream(reply, this.#clock, this.#limits, (closed) => {
      this.#open.delete(closed);
      onClose?.(closed);
      if (this.#open.size === 0) this.#whenEmpty();
    });
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
