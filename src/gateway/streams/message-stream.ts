import { formatEventId } from './event-id.ts';
import type { EventLog } from './event-log.ts';
import type { Framing } from './framing.ts';
import type { SseOwner, SseStream } from './sse-stream.ts';

/** What the streams of one session share. */
export interface StreamHost {
  readonly log: EventLog;
  readonly framing: Framing;
  now(): number;
  /** Numbers the events that open a stream. */
  nextOpening(): number;
  readerCame(): void;
  readerLeft(): void;
  /** The stream has said everything and nobody reads it. */
  over(stream: MessageStream): void;
}

/**
 * The messages of one stream: recorded in the session's log whether somebody reads or not, and written as fast as the reader takes them, so
 * that no reader holds more than its socket's buffer. One that is too far behind is dropped and may resume (mcp-gateway §7).
 */
export class MessageStream {
  /** 0 is the standing stream. */
  readonly number: number;
  readonly #host: StreamHost;
  #reader: SseStream | undefined;
  /** The last message that was handed to a reader. */
  #position = 0;
  /** The last message that there is. */
  #last = 0;
  /** A reader that resumes is given time to get here. */
  #replayUntil = 0;
  #over: boolean;

  /** `over`: everything was said, it is only read again. */
  constructor(number: number, host: StreamHost, over = false) {
    this.number = number;
    this.#host = host;
    this.#over = over;
  }

  get hasReader(): boolean {
    return this.#reader !== undefined;
  }

  /** Nothing may follow `end`. `json` is one message without line breaks. */
  send(json: string): void {
    const { log } = this.#host;
    // What stands between belongs to other streams.
    if (this.#isCaughtUp) this.#position = log.lastSeq;
    this.#last = log.append(this.number, json, this.#host.now());
    if (this.#position >= this.#replayUntil && log.isFarBehind(this.#position)) this.#dropReader();
    this.#pump();
  }

  /** Like `send`, but a message that waits for a reader already does not wait twice. */
  sendOnce(json: string): void {
    if (this.#reader === undefined && this.#host.log.holds(this.number, this.#position, json)) return;
    this.send(json);
  }

  /** The last messages; the reader is let go when it has them. */
  end(messages: readonly string[] = []): void {
    for (const json of messages) this.send(json);
    this.#over = true;
    if (this.#reader === undefined) this.#host.over(this);
    else this.#pump();
  }

  /**
   * Makes the stream that `open` gives the reader, in the place of another one, which may be a connection that is lost without our having
   * heard of it. Begins after the message `after`, or after the last that was handed to a reader.
   */
  read(open: (owner: SseOwner) => SseStream, after = this.#position): void {
    const { log, framing } = this.#host;
    this.#dropReader();
    const reader: SseStream = open({ room: () => this.#pump(), closed: () => this.#closed(reader) });
    this.#host.readerCame();
    this.#reader = reader;
    this.#replayUntil = log.lastSeq;
    this.#last = Math.max(this.#last, log.lastSeq);
    this.#position = after;
    reader.write(framing.opening(formatEventId({ stream: this.number, seq: after }, this.#host.nextOpening())));
    // What is gone cannot be had; what is left can.
    this.#position = Math.max(after, log.firstSeq - 1);
    this.#pump();
  }

  get #isCaughtUp(): boolean {
    return this.#position >= this.#last;
  }

  #pump(): void {
    const { log, framing } = this.#host;
    if (!this.#isCaughtUp && log.hasLost(this.#position)) this.#dropReader();
    const reader = this.#reader;
    if (reader === undefined) return;
    while (reader.hasRoom) {
      const event = this.#isCaughtUp ? undefined : log.after(this.number, this.#position);
      this.#position = event?.seq ?? this.#last;
      if (event !== undefined) reader.write(frame(event.json, framing.ids ? formatEventId(event) : undefined));
      else if (this.#over) return reader.end();
      else return;
    }
  }

  #dropReader(): void {
    this.#reader?.drop();
    this.#reader = undefined;
  }

  #closed(reader: SseStream): void {
    if (this.#reader === reader) this.#reader = undefined;
    this.#host.readerLeft();
    if (this.#over && this.#reader === undefined) this.#host.over(this);
  }
}

function frame(json: string, id: string | undefined): string {
  return id === undefined ? `event: message\ndata: ${json}\n\n` : `event: message\nid: ${id}\ndata: ${json}\n\n`;
}
