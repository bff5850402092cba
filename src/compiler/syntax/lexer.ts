import { isDigit, isLetter, isSpace, isWordPart } from './characters.ts';
import { wordKind } from './keywords.ts';
import { LexicalProblems, type LexicalProblem, type Unterminated } from './lexical-problems.ts';
import { punctuationAt } from './punctuation.ts';
import { endOfString, endOfTripleString } from './string-end.ts';
import { TokenList } from './token-list.ts';
import { Token } from './token.ts';

export interface LexedText {
  readonly tokens: TokenList;
  readonly problems: readonly LexicalProblem[];
}

/** A string that waits for the `}` of its interpolation. */
interface OpenString {
  readonly start: number;
  /** Index of its `StringHead`. */
  readonly token: number;
  /** Braces open inside of the interpolation. */
  braces: number;
}

const QUOTE = 34;
const SLASH = 47;

/**
 * After an unterminated string the lexer goes on with the next line, so that the rest of the file is still read; each time it may have
 * read the whole file in vain, hence the bound.
 */
const MAX_RESTARTS = 4;

/** Cuts a text into tokens in one pass (language.md §1). Never fails: what is no token becomes `Error` tokens and problems. */
export function tokenize(text: string): LexedText {
  return new Lexer(text).run();
}

class Lexer {
  readonly #text: string;
  readonly #tokens: TokenList;
  readonly #problems: LexicalProblems;
  readonly #open: OpenString[] = [];
  #at = 0;
  #restarts = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = new TokenList(text);
    this.#problems = new LexicalProblems(text, this.#tokens);
  }

  run(): LexedText {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    for (;;) {
      this.#skipSpace();
      if (this.#at < this.#text.length) this.#token();
      else if (this.#open[0] !== undefined) this.#unterminated(this.#open[0], 'interpolation');
      else break;
    }
    this.#tokens.push(Token.EndOfFile, this.#text.length, this.#text.length);
    return { tokens: this.#tokens, problems: this.#problems.list };
  }

  #token(): void {
    const text = this.#text;
    const start = this.#at;
    const code = text.charCodeAt(start);
    if (isLetter(code)) {
      let end = start + 1;
      while (isWordPart(text.charCodeAt(end))) end++;
      this.#push(wordKind(text, start, end), start, end);
    } else if (isDigit(code)) this.#number(start);
    else if (code === QUOTE) this.#string(start);
    else if (code === SLASH && text.charCodeAt(start + 1) === SLASH) this.#comment(start);
    else this.#punctuation(start);
  }

  #skipSpace(): void {
    let at = this.#at;
    while (isSpace(this.#text.charCodeAt(at))) at++;
    this.#at = at;
  }

  #push(kind: Token, start: number, end: number): void {
    this.#tokens.push(kind, start, end);
    this.#at = end;
  }

  #comment(start: number): void {
    const found = this.#text.indexOf('\n', start);
    let end = found < 0 ? this.#text.length : found;
    if (this.#text.charCodeAt(end - 1) === 13) end--;
    this.#tokens.comments.push({ start, end, before: this.#tokens.count });
    this.#at = end;
  }

  #number(start: number): void {
    const text = this.#text;
    let kind: Token = Token.Integer;
    let end = start + 1;
    while (isDigit(text.charCodeAt(end))) end++;
    if (text.charCodeAt(end) === 46 && isDigit(text.charCodeAt(end + 1))) {
      kind = Token.Float;
      end += 2;
      while (isDigit(text.charCodeAt(end))) end++;
    }
    if (isLetter(text.charCodeAt(end))) this.#at = this.#problems.badNumber(start, end);
    else this.#push(kind, start, end);
  }

  #string(start: number): void {
    const text = this.#text;
    if (text.charCodeAt(start + 1) !== QUOTE || text.charCodeAt(start + 2) !== QUOTE) {
      this.#piece(start, Token.String, Token.StringHead, { start, token: this.#tokens.count, braces: 0 });
      return;
    }
    const end = endOfTripleString(text, start + 3);
    if (end < 0) this.#unterminated({ start, token: this.#tokens.count, braces: 0 }, 'triple');
    else this.#push(Token.TripleString, start, end);
  }

  /** One piece of a string, which ends at a quote or at `${`. */
  #piece(start: number, closed: Token, opened: Token, string: OpenString): void {
    const end = endOfString(this.#text, start + 1);
    if (end < 0) {
      const outer = this.#open[0];
      this.#unterminated(outer ?? string, outer === undefined ? 'string' : 'interpolation');
    } else if (this.#text.charCodeAt(end - 1) === QUOTE) this.#push(closed, start, end);
    else {
      string.braces = 0;
      this.#open.push(string);
      this.#push(opened, start, end);
    }
  }

  /** A string without an end: its line is given up, and what was read of it and behind it is dropped. */
  #unterminated({ start, token }: OpenString, what: Unterminated): void {
    this.#tokens.truncate(token);
    this.#open.length = 0;
    const line = this.#text.indexOf('\n', start);
    const whole = what === 'triple' || line < 0 || ++this.#restarts > MAX_RESTARTS;
    this.#problems.unterminated(start, what);
    this.#push(Token.Error, start, whole ? this.#text.length : line);
  }

  #punctuation(start: number): void {
    const found = punctuationAt(this.#text, start);
    const inner = this.#open.at(-1);
    if (found === undefined || (found.kind === Token.Slash && this.#text.charCodeAt(start + 1) === 42)) {
      this.#at = this.#problems.badCharacter(start);
    } else if (found.kind === Token.RightBrace && inner?.braces === 0) {
      this.#open.pop();
      this.#piece(start, Token.StringTail, Token.StringMiddle, inner);
    } else {
      if (inner !== undefined) {
        if (found.kind === Token.LeftBrace) inner.braces++;
        else if (found.kind === Token.RightBrace) inner.braces--;
      }
      if (found.slip !== undefined) this.#problems.slip(start, found.text.length, found.slip.message, found.slip.help);
      this.#push(found.kind, start, start + found.text.length);
    }
  }
}
