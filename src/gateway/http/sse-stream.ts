import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Cancel, Clock } from '../../shared/clock.ts';

export interface SseLimits {
  readonly streamBytes: number;
  readonly keepAliveMs: number;
}

/**
 * One Server-Sent Events answer. Takes the reply over from fastify, keeps the headers set so far, writes comments while it is quiet,
 * and drops a reader that is more than `streamBytes` behind: memory is bounded by that and one message (mcp-gateway §7).
 */
export class SseStream {
  readonly #reply: FastifyReply;
  readonly #clock: Clock;
  readonly #limits: SseLimits;
  #cancelKeepAlive: Cancel;

  constructor(reply: FastifyReply, clock: Clock, limits: SseLimits, onClose: (stream: SseStream) => void) {
    this.#reply = reply;
    this.#clock = clock;
    this.#limits = limits;
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.on('error', () => reply.raw.destroy());
    reply.raw.once('close', () => {
      this.#cancelKeepAlive();
      onClose(this);
    });
    this.#cancelKeepAlive = this.#armKeepAlive();
    reply.raw.write(': open\n\n');
  }

  /** False where the message was not taken: the stream is over, or was just dropped. `json` is one message without line breaks. */
  send(json: string): boolean {
    return this.#write(frame(json));
  }

  /** Closes it once everything written has been taken; the last messages go together, since no reader can keep up with one moment. */
  end(messages: readonly string[] = []): void {
    if (messages.length > 0) this.#write(messages.map(frame).join(''));
    this.#reply.raw.end();
  }

  /** Cuts it off at once. */
  drop(): void {
    this.#reply.raw.destroy();
  }

  #write(text: string): boolean {
    const response = this.#reply.raw;
    if (response.writableEnded || response.destroyed) return false;
    if (response.writableLength > this.#limits.streamBytes) {
      response.destroy();
      return false;
    }
    response.write(text);
    this.#cancelKeepAlive();
    this.#cancelKeepAlive = this.#armKeepAlive();
    return true;
  }

  #armKeepAlive(): Cancel {
    return this.#clock.after(this.#limits.keepAliveMs, () => this.#write(': keep-alive\n\n'));
  }
}

/** `json` as an event. */
function frame(json: string): string {
  return `event: message\ndata: ${json}\n\n`;
}
