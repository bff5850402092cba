import { Token } from './token.ts';

/** A `//` comment with its slashes, without the line end. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  /** Index of the token that follows it. */
  readonly before: number;
}

/**
 * The tokens of one text as columns: 9 bytes for each instead of an object. The value of a token is made by the parser from the text
 * when it is needed. The last token is `EndOfFile`; so is every token behind it.
 */
export class TokenList {
  count = 0;
  readonly comments: Comment[] = [];
  #kinds: Uint8Array;
  #starts: Int32Array;
  #ends: Int32Array;

  constructor(readonly text: string) {
    const guess = (text.length >> 2) + 16;
    this.#kinds = new Uint8Array(guess);
    this.#starts = new Int32Array(guess);
    this.#ends = new Int32Array(guess);
  }

  push(kind: Token, start: number, end: number): void {
    const at = this.count;
    if (at === this.#kinds.length) this.#grow();
    this.#kinds[at] = kind;
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.count = at + 1;
  }

  kind(index: number): Token {
    return index >= 0 && index < this.count ? (this.#kinds[index] as Token) : Token.EndOfFile;
  }

  start(index: number): number {
    return index < this.count ? (this.#starts[index] as number) : this.text.length;
  }

  end(index: number): number {
    return index < this.count ? (this.#ends[index] as number) : this.text.length;
  }

  textOf(index: number): string {
    return this.text.slice(this.start(index), this.end(index));
  }

  /** Drops the tokens from `count` on and the comments among them. */
  truncate(count: number): void {
    this.count = count;
    while ((this.comments.at(-1)?.before ?? 0) > count) this.comments.pop();
  }

  /** Whether a line end stands between the token and the one before it; so for the first one. */
  onNewLine(index: number): boolean {
    if (index === 0) return true;
    const stop = this.start(index);
    for (let at = this.end(index - 1); at < stop; at++) if (this.text.charCodeAt(at) === 10) return true;
    return false;
  }

  /** Whether the token is the first thing in the first column of its line: there only declarations begin. */
  atMargin(index: number): boolean {
    const start = this.start(index);
    return start === 0 || this.text.charCodeAt(start - 1) === 10;
  }

  #grow(): void {
    const size = this.#kinds.length * 2;
    const kinds = new Uint8Array(size);
    kinds.set(this.#kinds);
    const starts = new Int32Array(size);
    starts.set(this.#starts);
    const ends = new Int32Array(size);
    ends.set(this.#ends);
    this.#kinds = kinds;
    this.#starts = starts;
    this.#ends = ends;
  }
}
