import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Cancel, Clock } from '../../shared/clock.ts';

/** Who writes to a stream. */
export interface SseOwner {
  /** The reader has taken what was written: there is room again. */
  room(): void;
  /** The connection is over, in good order or not. */
  closed(): void;
}

/**
 * One Server-Sent Events answer on its connection. Takes the reply over from fastify, keeps the headers set so far and writes comments while
 * it is quiet. Its owner writes only while there is room, so that memory is bounded by the socket's buffer and one message.
 */
export class SseStream {
  readonly #reply: FastifyReply;
  readonly #clock: Clock;
  readonly #keepAliveMs: number;
  #cancelKeepAlive: Cancel;

  constructor(reply: FastifyReply, clock: Clock, keepAliveMs: number, owner: SseOwner) {
    this.#reply = reply;
    this.#clock = clock;
    this.#keepAliveMs = keepAliveMs;
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.on('error', () => reply.raw.destroy());
    reply.raw.on('drain', () => owner.room());
    reply.raw.once('close', () => {
      this.#cancelKeepAlive();
      owner.closed();
    });
    this.#cancelKeepAlive = this.#armKeepAlive();
  }

  /** False while the reader is behind, and once the stream is over. */
  get hasRoom(): boolean {
    const { writableEnded, destroyed, writableNeedDrain } = this.#reply.raw;
    return !writableEnded && !destroyed && !writableNeedDrain;
  }

  /** Whole events; without effect once the stream is over. */
  write(text: string): void {
    const response = this.#reply.raw;
    if (response.writableEnded || response.destroyed) return;
    response.write(text);
    this.#cancelKeepAlive();
    this.#cancelKeepAlive = this.#armKeepAlive();
  }

  /** Closes it once everything written has been taken. */
  end(): void {
    this.#reply.raw.end();
  }

  /** Cuts it off at once. */
  drop(): void {
    this.#reply.raw.destroy();
  }

  #armKeepAlive(): Cancel {
    return this.#clock.after(this.#keepAliveMs, () => {
      if (this.hasRoom) this.write(': keep-alive\n\n');
      else this.#cancelKeepAlive = this.#armKeepAlive();
    });
  }
}
