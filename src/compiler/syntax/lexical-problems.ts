import { isSpace, isWordPart } from './characters.ts';
import { MAX_DIAGNOSTICS } from '../diagnostics/reporter.ts';
import type { TokenList } from './token-list.ts';
import { Token } from './token.ts';

/** What is wrong with the text of a token; reported as `parse` (language.md §8.1, lexical). */
export interface LexicalProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help?: string;
}

const UNTERMINATED = {
  string: ['This string has no closing `"`.', 'End it with `"`; a quote inside of a string is `\\"`.'],
  triple: ['This string has no closing `"""`.', 'End it with `"""`.'],
  interpolation: [
    `A \`\${\` in this string has no closing \`}\`.`,
    `Write \`"text \${expression} text"\`; a \`\${\` that is meant as text is \`\\\${\`.`,
  ],
} as const;

export type Unterminated = keyof typeof UNTERMINATED;

const CHARACTERS: Readonly<Record<string, string>> = {
  '&': 'Write `and`: `a and b`. There are no bit operators.',
  '?': 'Clarity has no `?`. A choice is `match c { True -> a, False -> b }`; a value that may be missing is an `Option<T>`, an error is a `Result<T, E>`; take both apart with `match`.',
  '@': 'Clarity has no decorators and no `as` patterns.',
  '^': 'There are no bit operators; a power is `pow(base, exponent)`.',
  '~': 'There are no bit operators.',
  '\\': 'A lambda is `|x: Int64| x + 1`.',
  $: `Names have only letters, digits and \`_\`. Interpolation stands in a string: \`"\${x}"\`.`,
};

/** Finds the end of what is no token, tells what it is, and leaves an `Error` token there (comments of other languages leave none). */
export class LexicalProblems {
  readonly list: LexicalProblem[] = [];

  constructor(
    private readonly text: string,
    private readonly tokens: TokenList,
  ) {}

  slip(start: number, length: number, message: string, help: string): void {
    this.#add({ start, end: start + length, message, help });
  }

  /** Digits and letters in one word: `1_000`, `0xFF`, `1e5`. Answers where it ends. */
  badNumber(start: number, letters: number): number {
    let end = letters;
    while (isWordPart(this.text.charCodeAt(end))) end++;
    const written = this.text.slice(start, Math.min(end, start + 40));
    const message = `\`${written}\` is no number: a literal has only digits, and a Float64 one dot between digits.`;
    const help = written.includes('_')
      ? `Write \`${written.replaceAll('_', '')}\`.`
      : 'Write it out in decimal: `255`, `100000.0`.';
    return this.#error(start, end, message, help);
  }

  /** Forgets what was found behind `start`: it will be read again, or was text of this string. */
  unterminated(start: number, what: Unterminated): void {
    while ((this.list.at(-1)?.start ?? -1) >= start) this.list.pop();
    const [message, help] = UNTERMINATED[what];
    this.list.push({ start, end: start + 1, message, help });
  }

  /** Something that begins no token. Answers where it ends. */
  badCharacter(start: number): number {
    const char = this.text.charAt(start);
    if (char === '/') return this.#blockComment(start);
    if (this.text.startsWith('\\"', start)) return this.#escapedQuote(start);
    if (char === '#') return this.#hashComment(start);
    if (this.text.startsWith('```', start)) return this.#fence(start);
    if (char === "'" || char === '`') return this.#quoted(start, char);
    let end = start + 1;
    if (char.charCodeAt(0) < 128) {
      while (end < this.text.length && this.text[end] === char) end++;
    } else while (isForeignLetter(this.text.charCodeAt(end)) || isWordPart(this.text.charCodeAt(end))) end++;
    const shown = this.text.slice(start, Math.min(end, start + 40));
    const help =
      char.charCodeAt(0) < 128
        ? CHARACTERS[char]
        : 'Names have only ASCII letters, digits and `_`; other characters stand in strings and comments.';
    return this.#error(start, end, `Unexpected character \`${printable(shown)}\`.`, help);
  }

  #blockComment(start: number): number {
    const close = this.text.indexOf('*/', start + 2);
    const end = close < 0 ? this.text.length : close + 2;
    const message = 'Clarity has no block comments.';
    this.#add({ start, end: start + 2, message, help: 'Begin every line of the comment with `//`.' });
    return end;
  }

  #hashComment(start: number): number {
    const line = this.text.indexOf('\n', start);
    const message = 'Unexpected character `#`.';
    this.#add({ start, end: start + 1, message, help: 'A comment begins with `//`. There are no attributes.' });
    return line < 0 ? this.text.length : line;
  }

  #fence(start: number): number {
    const line = this.text.indexOf('\n', start);
    this.#add({
      start,
      end: start + 3,
      message: 'A Markdown fence is no part of a program.',
      help: 'Remove the line.',
    });
    return line < 0 ? this.text.length : line;
  }

  /** `'text'` on one line, or `text` between backticks: a value of another language. */
  #quoted(start: number, quote: string): number {
    const close = this.text.indexOf(quote, start + 1);
    const closed = close >= 0 && (quote === '`' || !this.text.slice(start, close).includes('\n'));
    const end = closed ? close + 1 : start + 1;
    const help = `Write \`"text"\`; a string may span lines, and \`"\${x}"\` puts a String into it.`;
    return this.#error(start, end, 'A string stands in double quotes.', help);
  }

  /** `\"text\"` in an interpolation, as if the quotes of the string around it were still to be escaped. */
  #escapedQuote(start: number): number {
    const close = this.text.indexOf('\\"', start + 2);
    const closed = close >= 0 && !this.text.slice(start, close).includes('\n');
    const help = `Inside of \`\${}\` quotes are written as they are: \`"\${f("x")}"\`.`;
    return this.#error(start, closed ? close + 2 : start + 2, 'Unexpected character `\\`.', help);
  }

  #error(start: number, end: number, message: string, help: string | undefined): number {
    this.tokens.push(Token.Error, start, end);
    this.#add({ start, end, message, ...(help === undefined ? {} : { help }) });
    return end;
  }

  /** Keeps no more than a reporter does: noise of any size costs little. */
  #add(problem: LexicalProblem): void {
    if (this.list.length < MAX_DIAGNOSTICS) this.list.push(problem);
  }
}

function isForeignLetter(code: number): boolean {
  return code >= 128 && !isSpace(code);
}

/** Control characters and lone surrogates would spoil the message. */
function printable(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  const visible = code > 32 && code !== 127 && (code < 0xd800 || code > 0xdfff);
  return visible ? text : `U+${code.toString(16).padStart(4, '0').toUpperCase()}`;
}
