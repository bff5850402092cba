import type { CliStream } from '../cli-input.ts';

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
    if (this.#stream.writableNeedDrain !== true || this.#signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#stream.removeListener('drain', done);
        this.#signal.removeEventListener('abort', done);
        resolve();
      };
      this.#stream.once('drain', done);
      this.#signal.addEventListener('abort', done, { once: true });
    });
  }
}
