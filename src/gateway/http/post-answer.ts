import type { FastifyReply } from 'fastify';
import type { Cancel, Clock } from '../../shared/clock.ts';
import type { JsonText } from '../call.ts';
import { sendJson } from './json-reply.ts';
import type { SseStream } from './sse-stream.ts';
import type { Streams } from './streams.ts';

/**
 * The answer to one POST: plain JSON, unless a message for it comes before the result or it takes long; then a stream.
 * Where the caller cannot read a stream, messages before the result are dropped.
 */
export class PostAnswer {
  readonly #reply: FastifyReply;
  readonly #streams: Streams | undefined;
  #stream: SseStream | undefined;
  #finished = false;
  readonly #cancelSwitch: Cancel;

  constructor(reply: FastifyReply, options: { streams: Streams | undefined; clock: Clock; streamAfterMs: number }) {
    this.#reply = reply;
    this.#streams = options.streams;
    this.#cancelSwitch =
      options.streams === undefined
        ? () => undefined
        : options.clock.after(options.streamAfterMs, () => this.#switch());
  }

  /** A message that belongs to a request of this POST; nothing may follow the result. False where it was not taken. */
  message(json: string): boolean {
    return this.#switch()?.send(json) === true;
  }

  /** The responses, in the order of their requests; none where every request was cancelled. */
  finish(responses: readonly JsonText[], batch: boolean): FastifyReply {
    this.#finished = true;
    this.#cancelSwitch();
    if (this.#stream !== undefined) {
      this.#stream.end(responses.map(String));
      return this.#reply;
    }
    if (responses.length === 0) return this.#reply.code(202).send();
    return sendJson(this.#reply, batch ? `[${responses.map(String).join(',')}]` : (responses[0] ?? ''));
  }

  #switch(): SseStream | undefined {
    if (this.#finished || this.#reply.raw.destroyed) return undefined;
    return (this.#stream ??= this.#streams?.open(this.#reply));
  }
}
