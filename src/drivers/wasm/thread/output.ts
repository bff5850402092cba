import type { OutputLine } from './messages.ts';

/** Characters of one line; what is beyond them is cut. */
const LINE_CHARS = 4096;
/** Sent on when so much has come together. */
const BATCH_CHARS = 16 * 1024;
/** Of one call; the rest is dropped. */
const CALL_CHARS = 1024 * 1024;
/** What a line costs beside its text: an empty one is a line of the log, too. */
const LINE_COST = 32;

type Stream = OutputLine[0];

/** What a call prints, as lines: collected, so that a line costs no message of its own, and bounded. */
export class Output {
  readonly #send: (lines: readonly OutputLine[]) => void;
  #lines: OutputLine[] = [];
  #held = 0;
  #taken = 0;
  #dropped = false;
  readonly #open: Record<Stream, string> = { stdout: '', stderr: '' };

  constructor(send: (lines: readonly OutputLine[]) => void) {
    this.#send = send;
  }

  write(stream: Stream, text: string): void {
    if (this.#dropped) return;
    this.#taken += text.length;
    if (this.#taken > CALL_CHARS) return this.#drop();
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      this.#taken += LINE_COST;
      if (this.#taken > CALL_CHARS) return this.#drop();
      this.#line(stream, this.#open[stream] + text.slice(at, end));
      this.#open[stream] = '';
      at = end + 1;
    }
    // One character more than is kept, so that it shows that there were more.
    if (at < text.length) this.#open[stream] = (this.#open[stream] + text.slice(at)).slice(0, LINE_CHARS + 1);
  }

  /** Sends what there is: before a call waits. */
  flush(): void {
    if (this.#lines.length === 0) return;
    this.#send(this.#lines);
    this.#lines = [];
    this.#held = 0;
  }

  /** The lines that were not yet sent, open ones included; undefined where there are none. It is ready for the next call then. */
  end(): readonly OutputLine[] | undefined {
    if (this.#taken === 0) return undefined;
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#open[stream] !== '') this.#line(stream, this.#open[stream]);
      this.#open[stream] = '';
    }
    const lines = this.#lines;
    this.#lines = [];
    this.#held = this.#taken = 0;
    this.#dropped = false;
    return lines.length === 0 ? undefined : lines;
  }

  #drop(): void {
    this.#dropped = true;
    this.#line('stderr', `(the rest of the output of this call was dropped: it is over ${CALL_CHARS / 1024} KiB)`);
  }

  #line(stream: Stream, text: string): void {
    const plain = text.endsWith('\r') ? text.slice(0, -1) : text;
    this.#lines.push([stream, plain.length > LINE_CHARS ? `${plain.slice(0, LINE_CHARS - 1)}…` : plain]);
    this.#held += LINE_COST + Math.min(plain.length, LINE_CHARS);
    if (this.#held >= BATCH_CHARS) this.flush();
  }
}
