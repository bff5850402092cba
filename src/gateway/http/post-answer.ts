import type { FastifyReply } from 'fastify';
import type { Cancel, Clock } from '../../shared/clock.ts';
import type { JsonText } from '../call.ts';
import type { MessageStream } from '../streams/message-stream.ts';
import { sendJson } from './json-reply.ts';

export interface PostAnswerOptions {
  /** Answers the reply with a stream from here on; absent where the caller cannot read one. */
  readonly open?: (reply: FastifyReply) => MessageStream;
  readonly clock: Clock;
  readonly streamAfterMs: number;
}

/**
 * The answer to one POST: plain JSON, unless a message for it comes before the result or it takes long; then a stream, which goes on without
 * its reader. Where the caller cannot read a stream, messages before the result are dropped.
 */
export class PostAnswer {
  readonly #reply: FastifyReply;
  readonly #open: ((reply: FastifyReply) => MessageStream) | undefined;
  #stream: MessageStream | undefined;
  #finished = false;
  readonly #cancelSwitch: Cancel;

  constructor(reply: FastifyReply, { open, clock, streamAfterMs }: PostAnswerOptions) {
    this.#reply = reply;
    this.#open = open;
    this.#cancelSwitch = open === undefined ? () => undefined : clock.after(streamAfterMs, () => this.#switch());
  }

  /** A message that belongs to a request of this POST; nothing may follow the result. False where nobody can ever read it. */
  message(json: string): boolean {
    const stream = this.#switch();
    stream?.send(json);
    return stream !== undefined;
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

  #switch(): MessageStream | undefined {
    if (this.#finished) return undefined;
    // Nobody could name a stream that was never opened.
    if (this.#stream === undefined && !this.#reply.raw.destroyed) this.#stream = this.#open?.(this.#reply);
    return this.#stream;
  }
}
