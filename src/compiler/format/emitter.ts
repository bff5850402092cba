import type { TokenList } from '../syntax/token-list.ts';
import { Token } from '../syntax/token.ts';
import { comment, concatAll, empty, hardline, line, space, text, type Doc } from './doc.ts';

/** Gives the tokens of a file in their order as documents, each with the comments beside it: so nothing is lost or moved. */
export class Emitter {
  /** Index of the next token. */
  at = 0;
  /** Index of the next comment. */
  #comment = 0;

  constructor(readonly tokens: TokenList) {}

  get kind(): Token {
    return this.tokens.kind(this.at);
  }

  /** Start of the next token. */
  get start(): number {
    return this.tokens.start(this.at);
  }

  /** The next token between the comments above it and the one behind it on its line. */
  token(): Doc {
    return this.#emit(this.at + 1);
  }

  tokenAnd(after: Doc): Doc {
    return concatAll([this.token(), after]);
  }

  /** The next token with a space behind it. */
  word(): Doc {
    return this.tokenAnd(space);
  }

  /** The tokens that begin before an offset, as they are written. */
  verbatim(until: number): Doc {
    let next = this.at;
    while (next < this.tokens.count && this.tokens.start(next) < until) next++;
    return this.#emit(next);
  }

  /** The tokens that begin before an offset on one line: for types, patterns and lists of names. */
  flow(until: number): Doc {
    const parts: Doc[] = [];
    while (this.start < until) {
      const { kind } = this;
      if (kind === Token.Arrow) parts.push(space);
      parts.push(this.token());
      const spaced = kind === Token.Arrow || kind === Token.Colon || kind === Token.Comma;
      if (spaced && this.start < until) parts.push(space);
    }
    return concatAll(parts);
  }

  take(kind: Token): Doc {
    return this.kind === kind ? this.token() : empty;
  }

  /** Whether a comment stands above the next token. */
  hasComment(): boolean {
    return this.tokens.comments[this.#comment]?.before === this.at;
  }

  /** The comments above the next token, which is then given without them: for those in front of a closing bracket. */
  comments(): Doc {
    const parts: Doc[] = [];
    for (;;) {
      const found = this.tokens.comments[this.#comment];
      if (found?.before !== this.at) return concatAll(parts);
      this.#comment++;
      const next = this.tokens.comments[this.#comment];
      const below = next?.before === this.at ? next.start : this.start;
      parts.push(comment(this.#textOf(found), true, this.#emptyLine(found.end, below)));
    }
  }

  /** What stands between two items, in front of the next token: a line end, and an empty line if there was one. */
  separator(): Doc {
    const above = this.at === 0 ? 0 : this.tokens.end(this.at - 1);
    const found = this.tokens.comments[this.#comment];
    const blank = this.#emptyLine(above, found?.before === this.at ? found.start : this.start);
    return blank ? hardline(true) : line;
  }

  #emit(next: number): Doc {
    const above = this.comments();
    const { start } = this;
    const end = this.tokens.end(next - 1);
    const { comments } = this.tokens;
    while ((comments[this.#comment]?.before ?? Infinity) < next) this.#comment++;
    this.at = next;
    const shown = text(this.tokens.text.slice(start, end));
    const beside = comments[this.#comment];
    if (beside?.before !== next || this.#newLines(end, beside.start) > 0)
      return above.breaks ? concatAll([above, shown]) : shown;
    this.#comment++;
    return concatAll([above, shown, comment(this.#textOf(beside), false, false)]);
  }

  #textOf({ start, end }: { start: number; end: number }): string {
    return this.tokens.text.slice(start, end).trimEnd();
  }

  /** Line ends in a stretch between two tokens. */
  #newLines(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to; at++) if (this.tokens.text.charCodeAt(at) === 10) count++;
    return count;
  }

  #emptyLine(from: number, to: number): boolean {
    return this.#newLines(from, to) > 1;
  }
}
