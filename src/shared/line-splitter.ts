const LF = 0x0a;
const CR = 0x0d;
/** How much of a line that is too long is shown. */
const HEAD_BYTES = 4096;

export interface LineHandlers {
  /** A whole line without its ending; empty lines are left out. */
  line(text: string): void;
  /** A line exceeds the limit and is dropped up to its end; called once a line, with how it begins. */
  tooLong(head: string): void;
}

/** Cuts a stream of bytes into lines of at most `maxBytes`; decodes whole lines only, so that no character is split (mcp-gateway §2.2). */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #handlers: LineHandlers;
  #parts: Buffer[] = [];
  #size = 0;
  #dropping = false;

  constructor(maxBytes: number, handlers: LineHandlers) {
    this.#maxBytes = maxBytes;
    this.#handlers = handlers;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      this.#add(chunk.subarray(start, end));
      this.#finish();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
  }

  /** The stream has ended: what stands without a line feed is a line too. */
  end(): void {
    this.#finish();
  }

  #add(part: Buffer): void {
    if (this.#dropping || part.length === 0) return;
    this.#parts.push(part);
    this.#size += part.length;
    if (this.#size <= this.#maxBytes) return;
    const head = Buffer.concat(this.#parts).subarray(0, HEAD_BYTES).toString('utf8');
    this.#clear();
    this.#dropping = true;
    this.#handlers.tooLong(head);
  }

  #finish(): void {
    const line = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#clear();
    this.#dropping = false;
    const text = line?.at(-1) === CR ? line.subarray(0, -1) : line;
    if (text !== undefined && text.length > 0) this.#handlers.line(text.toString('utf8'));
  }

  #clear(): void {
    this.#parts = [];
    this.#size = 0;
  }
}
