/** One message of one stream, kept so that a reader who lost it can ask for it again. */
export interface LoggedEvent {
  /** The number of its stream. */
  readonly stream: number;
  /** Its place in the log; places follow each other without a gap. */
  readonly seq: number;
  readonly json: string;
}

interface Entry extends LoggedEvent {
  readonly size: number;
  /** What had been written to the log in its life with this one. */
  readonly written: number;
  readonly atMs: number;
}

export interface LogLimits {
  readonly sessionEvents: number;
  readonly sessionEventBytes: number;
}

/** What an event holds beside its text. */
const ENTRY_BYTES = 128;

/** A reader so far behind is given up while what was written to it, and is lost with it, is still in the log. */
const FAR_BEHIND = 3 / 4;

/**
 * The last messages of the streams of one session, in the order in which they were sent. The oldest give way before a new one comes, so
 * the newest is always there however large it is.
 */
export class EventLog {
  readonly #limits: LogLimits;
  /** Told of the growth before it happens, and of every loss. */
  readonly #resized: (bytes: number) => void;
  readonly #entries: Entry[] = [];
  #lastSeq = 0;
  #size = 0;
  #written = 0;

  constructor(limits: LogLimits, resized: (bytes: number) => void) {
    this.#limits = limits;
    this.#resized = resized;
  }

  /** The last place that was given. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The place of the oldest message that is here; of the next one where there is none. */
  get firstSeq(): number {
    return this.#lastSeq - this.#entries.length + 1;
  }

  /** Bytes held, as far as they can be told: a character of JSON counts for one. */
  get size(): number {
    return this.#size;
  }

  /** The place that the message got. */
  append(stream: number, json: string, atMs: number): number {
    const size = json.length + ENTRY_BYTES;
    const { sessionEvents, sessionEventBytes } = this.#limits;
    while (this.#entries.length >= sessionEvents || this.#size + size > sessionEventBytes) if (!this.#drop()) break;
    this.#resized(size);
    this.#size += size;
    this.#written += size;
    this.#entries.push({ stream, seq: ++this.#lastSeq, json, size, written: this.#written, atMs });
    return this.#lastSeq;
  }

  /** The first message of the stream after the place that is still here. */
  after(stream: number, seq: number): LoggedEvent | undefined {
    for (let at = this.#indexAfter(seq); at < this.#entries.length; at++)
      if (this.#entries[at]?.stream === stream) return this.#entries[at];
    return undefined;
  }

  /** True where an equal message of the stream stands after the place. */
  holds(stream: number, seq: number, json: string): boolean {
    return this.#entries.some((entry) => entry.seq > seq && entry.stream === stream && entry.json === json);
  }

  /** True where something after the place is here no more. */
  hasLost(seq: number): boolean {
    return seq + 1 < this.firstSeq;
  }

  /** True where what stands after the place fills most of the log, or was lost already. */
  isFarBehind(seq: number): boolean {
    const { sessionEvents, sessionEventBytes } = this.#limits;
    const first = this.#entries[this.#indexAfter(seq)];
    const bytes = first === undefined ? 0 : this.#written - first.written;
    const events = this.#lastSeq - seq;
    return this.hasLost(seq) || events > sessionEvents * FAR_BEHIND || bytes > sessionEventBytes * FAR_BEHIND;
  }

  /** Forgets the oldest until no more than `bytes` are held. */
  shrink(bytes: number): void {
    while (this.#size > bytes && this.#drop());
  }

  /** Forgets what was sent before the time. */
  expire(beforeMs: number): void {
    while ((this.#entries[0]?.atMs ?? beforeMs) < beforeMs) this.#drop();
  }

  #indexAfter(seq: number): number {
    return Math.max(0, seq + 1 - this.firstSeq);
  }

  #drop(): boolean {
    const oldest = this.#entries.shift();
    if (oldest === undefined) return false;
    this.#size -= oldest.size;
    this.#resized(-oldest.size);
    return true;
  }
}
