import { parseEventId, type StreamPlace } from './event-id.ts';
import type { EventLog } from './event-log.ts';
import type { EventStore } from './event-store.ts';
import type { Framing } from './framing.ts';
import { MessageStream, type StreamHost } from './message-stream.ts';

/** The streams that share a log: all those of a session, or the only one of a call without a session. */
export class MessageStreams {
  /** What belongs to no request; the GET of the session reads it. */
  readonly standing: MessageStream;
  readonly #store: EventStore;
  readonly #log: EventLog;
  readonly #host: StreamHost;
  /** Those that somebody reads or that have more to say, by their numbers. */
  readonly #live = new Map<number, MessageStream>();
  #opened = 0;
  #openings = 0;
  #readers = 0;

  /** `onLeft` is called whenever a reader has gone. */
  constructor(store: EventStore, framing: Framing, onLeft: () => void) {
    this.#store = store;
    this.#log = store.open();
    this.#host = {
      log: this.#log,
      framing,
      now: () => store.now(),
      nextOpening: () => ++this.#openings,
      readerCame: () => {
        this.#readers++;
      },
      readerLeft: () => {
        this.#readers--;
        onLeft();
      },
      over: (stream) => this.#live.delete(stream.number),
    };
    this.standing = new MessageStream(0, this.#host);
    this.#live.set(0, this.standing);
  }

  /** Connections that read one of them. */
  get readers(): number {
    return this.#readers;
  }

  /** A stream of its own for the answer to a request. */
  open(): MessageStream {
    return this.#add(new MessageStream(++this.#opened, this.#host));
  }

  /** The place that an event's id names; undefined where there was no such event. */
  placeOf(eventId: string): StreamPlace | undefined {
    const place = parseEventId(eventId);
    return place !== undefined && place.stream <= this.#opened && place.seq <= this.#log.lastSeq ? place : undefined;
  }

  /** The stream to go on with at the place; undefined where it has ended and nothing of it is kept after the place. */
  resume({ stream, seq }: StreamPlace): MessageStream | undefined {
    const live = this.#live.get(stream);
    if (live !== undefined || this.#log.after(stream, seq) === undefined) return live;
    return this.#add(new MessageStream(stream, this.#host, true));
  }

  /** Ends the standing stream and forgets what was sent; the others end with their calls. */
  end(): void {
    this.standing.end();
    this.#store.release(this.#log);
  }

  #add(stream: MessageStream): MessageStream {
    this.#live.set(stream.number, stream);
    return stream;
  }
}
