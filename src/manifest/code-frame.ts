import { printable } from '../shared/text.ts';
import type { Range } from './finding.ts';

const LINES_BEFORE = 2;
const LINES_AFTER = 1;
const MAX_WIDTH = 120;

/** A text with its line starts: turns offsets into lines and columns, and cuts frames. */
export class SourceText {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** 1-based line and column of an offset; columns count code points. */
  position(offset: number): { line: number; column: number } {
    const at = Math.min(Math.max(0, offset), this.#text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...this.#text.slice(this.#starts[low], at)].length + 1 };
  }

  /** The lines around a range, the first marked and underlined (reconcile-behaviour §7). */
  frame(range: Range): string[] {
    const { line, column } = this.position(range.from);
    const width = this.#width(range, line);
    // A long line is shown from where its marked part comes into view.
    const skip = column + Math.min(width, 40) > MAX_WIDTH ? column - 40 : 0;
    const lead = column - 1 - skip + (skip > 0 ? 1 : 0);
    const first = Math.max(1, line - LINES_BEFORE);
    const numbers = Array.from({ length: this.#lastShown(line) - first + 1 }, (_, index) => first + index);
    const gutter = Math.max(3, String(numbers.at(-1)).length + 1);
    return numbers.flatMap((number) => {
      const text = clip(this.#line(number), skip);
      if (number !== line) return [` ${String(number).padStart(gutter)} | ${text}`.trimEnd()];
      const marks = '^'.repeat(Math.max(1, Math.min(width, MAX_WIDTH - lead)));
      return [
        `>${String(number).padStart(gutter)} | ${text}`.trimEnd(),
        `${' '.repeat(gutter + 2)}| ${' '.repeat(lead)}${marks}`,
      ];
    });
  }

  /** The end of a text is no line of its own. */
  #lastShown(line: number): number {
    const last = Math.min(this.#starts.length, line + LINES_AFTER);
    return last > line && this.#starts[last - 1] === this.#text.length ? last - 1 : last;
  }

  #line(number: number): string {
    const end = this.#starts[number];
    const text = this.#text.slice(this.#starts[number - 1], end === undefined ? undefined : end - 1);
    // One cell a character, so that the marker below stands right.
    return [...text.replace(/\r$/, '')].map((char) => (char < ' ' || printable(char) !== char ? ' ' : char)).join('');
  }

  /** Characters of the range on its first line. */
  #width({ from, to }: Range, line: number): number {
    const end = Math.min(to, (this.#starts[line] ?? this.#text.length + 1) - 1);
    return [...this.#text.slice(from, end)].length;
  }
}

function clip(text: string, skip: number): string {
  const chars = [...text];
  const shown = skip > 0 ? ['…', ...chars.slice(skip)] : chars;
  return shown.length > MAX_WIDTH ? `${shown.slice(0, MAX_WIDTH - 1).join('')}…` : shown.join('');
}
