import type { StdinReader } from './environment.ts';

/** Standard input that is already there as a whole. A line ends with LF or CRLF; a text after the last one is a line, too. */
export class TextInput implements StdinReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  readLine(): string | undefined {
    if (this.ended) return undefined;
    const end = this.#text.indexOf('\n', this.#at);
    const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  readAll(): string {
    const rest = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return rest;
  }

  tryReadLine(): string | undefined {
    return this.readLine();
  }
}
