import type { FastifyReply } from 'fastify';
import { ClarityError } from '../shared/errors.ts';

/** The callers that wait for an answer: each has a signal that fires when it goes away or the daemon closes. */
export class Callers {
  readonly #open = new Set<AbortController>();
  #closed = false;

  /** A signal for the work behind one reply. */
  signal(reply: FastifyReply): AbortSignal {
    const controller = new AbortController();
    if (this.#closed) controller.abort(closing());
    this.#open.add(controller);
    // The response's close, not the request's: that one fires as soon as the body is read.
    reply.raw.once('close', () => {
      this.#open.delete(controller);
      if (!reply.raw.writableFinished) controller.abort(new ClarityError('NotReady', 'the caller went away'));
    });
    return controller.signal;
  }

  close(): void {
    this.#closed = true;
    for (const controller of this.#open) controller.abort(closing());
  }
}

function closing(): ClarityError {
  return new ClarityError('NotReady', 'the daemon is shutting down');
}
