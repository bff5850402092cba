import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Cancel, Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';

const PING_MS = 15_000;
/** Bytes that may wait for one reader before it is dropped. */
const MAX_WAITING = 1_048_576;
const MAX_STREAMS = 256;

/** What a route writes to; ends when the reader goes, is too slow, or the daemon closes. */
export interface EventStream {
  /** Sends one server-sent event; `data` as JSON on one line. */
  send(id: string, data: unknown): void;
  /** Cuts the reader off: it cannot be told more. */
  fail(): void;
}

/** Every open stream of server-sent events: bounded in number and in what waits for each reader. */
export class EventStreams {
  readonly #clock: Clock;
  readonly #open = new Set<Readable>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Answers with a stream that `feed` writes to; what `feed` gives back is called once at its end.
   * Throws TooManyRequests above 256 streams. A HEAD gets the headers alone.
   */
  answer(request: FastifyRequest, reply: FastifyReply, feed: (stream: EventStream) => () => void): FastifyReply {
    reply.header('content-type', 'text/event-stream; charset=utf-8');
    if (request.method === 'HEAD') return reply.send();
    if (this.#open.size >= MAX_STREAMS)
      throw new ClarityError('TooManyRequests', `more than ${String(MAX_STREAMS)} event streams are open`, {
        data: { retryAfterSeconds: 5 },
      });
    const stream = new Readable({ read: () => undefined });
    this.#open.add(stream);
    const write = (text: string) => {
      if (stream.destroyed || !this.#open.has(stream)) return;
      stream.push(text);
      if (stream.readableLength > MAX_WAITING) stream.destroy();
    };
    write('retry: 2000\n\n');
    const stopPing = this.#ping(write);
    const stop = feed({
      send: (id, data) => write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`),
      fail: () => stream.destroy(),
    });
    stream.once('close', () => {
      this.#open.delete(stream);
      stopPing();
      stop();
    });
    return reply.send(stream);
  }

  /** Ends every stream in good order. */
  close(): void {
    for (const stream of this.#open) stream.push(null);
    this.#open.clear();
  }

  #ping(write: (text: string) => void): () => void {
    let cancel: Cancel = () => undefined;
    const arm = () => {
      cancel = this.#clock.after(PING_MS, () => {
        write(': ping\n\n');
        arm();
      });
    };
    arm();
    return () => cancel();
  }
}
