import { setImmediate as nextTurn } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import { errorMessage } from '../../../../shared/errors.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { Bell, Patience } from '../bell.ts';
import { transportFailure } from '../http/transport-failure.ts';
import type { WebReply } from '../http/web-client.ts';
import type { Closeable } from '../operation.ts';
import { PlainFailure } from '../plain-failure.ts';

/** Where reading stops until the module has taken something; what one chunk of the network holds may come on top. */
const MAX_EVENTS = 64;
const MAX_CHARS = 1024 * 1024;

/** A stream of server-sent events that somebody else pulls from, in order. */
export class EventStream implements Closeable {
  /** Settles when the server has begun to answer; rejects with PlainFailure. */
  readonly opened: Promise<void>;
  /** Resolves when the connection is gone, with `failure`. */
  readonly finished: Promise<string | undefined>;
  readonly #abort = new AbortController();
  readonly #bell: Bell;
  #events: string[] = [];
  #chars = 0;
  #over = false;
  #failure: string | undefined;
  #roomMade: (() => void) | undefined;

  /** `bell` is rung for each event and at the end. */
  constructor(connect: (signal: AbortSignal) => Promise<WebReply>, bell: Bell) {
    this.#bell = bell;
    const reply = connect(this.#abort.signal);
    this.opened = reply.then(() => undefined);
    // `finished` tells it, too, to those who do not wait for `opened`.
    this.opened.catch(() => undefined);
    this.finished = reply
      .then((answer) => this.#read(answer))
      .catch((error: unknown) => this.#fail(error))
      .then(() => this.#end());
  }

  /** The data of the next event; undefined at the end, or when no time is left. */
  async next(patience: Patience): Promise<string | undefined> {
    const look = () => {
      const event = this.take();
      return event !== undefined || this.ended ? { event } : undefined;
    };
    return (await this.#bell.until(look, patience))?.event;
  }

  /** The data of the next event; undefined where none is there now. */
  take(): string | undefined {
    const event = this.#events.shift();
    if (event === undefined) return undefined;
    this.#chars -= event.length;
    if (this.#hasRoom()) this.#roomMade?.();
    return event;
  }

  /** True when nothing is left and nothing will come. */
  get ended(): boolean {
    return this.#over && this.#events.length === 0;
  }

  /** Why it ended, where the server did not end it properly: a whole sentence. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Drops the connection and what has not been taken. */
  close(): void {
    this.#over = true;
    this.#events = [];
    this.#chars = 0;
    this.#abort.abort();
    this.#roomMade?.();
  }

  async #read({ body, url }: WebReply): Promise<void> {
    const state = { tooLarge: false };
    const parser = createParser({
      maxBufferSize: MAX_CHARS,
      onEvent: ({ data }) => this.#push(data),
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') state.tooLarge = true;
      },
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        parser.feed(decoder.decode(chunk, { stream: true }));
        // Leaving the loop drops the connection.
        if (state.tooLarge) throw new PlainFailure(`${oneLine(url.host)} sent an event of more than 1 MiB.`);
        await this.#room();
        await nextTurn(); // a server that floods us leaves the others their turn
      }
    } catch (error) {
      throw transportFailure(error, url);
    }
  }

  #push(data: string): void {
    if (this.#over) return;
    this.#events.push(data);
    this.#chars += data.length;
    this.#bell.ring();
  }

  #hasRoom(): boolean {
    return this.#over || (this.#events.length < MAX_EVENTS && this.#chars < MAX_CHARS);
  }

  async #room(): Promise<void> {
    if (this.#hasRoom()) return;
    await new Promise<void>((resolve) => {
      this.#roomMade = resolve;
    });
    this.#roomMade = undefined;
  }

  #fail(error: unknown): void {
    if (!this.#over) this.#failure = errorMessage(error);
  }

  #end(): string | undefined {
    this.#over = true;
    this.#bell.ring();
    return this.#failure;
  }
}
