import type { CliStream } from '../cli-input.ts';
import { drain } from '../drain.ts';

/** Writes messages as lines, one after the other, as fast as their reader takes them. */
export class MessageWriter {
  readonly #stream: CliStream;
  readonly #signal: AbortSignal;

  constructor(stream: CliStream, signal: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
  }

  /** Resolves when more may be written: whoever awaits it reads no faster than the client does. */
  async write(json: string): Promise<void> {
    // A line break in JSON stands between its tokens only.
    this.#stream.write(`${json.replace(/[\r\n]+/g, ' ')}\n`);
    await drain(this.#stream, this.#signal);
  }
}
