/** A stretch of a source text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place as a person reads it: 1-based line, 1-based column in UTF-16 units (language.md §8). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One file of Clarity source with its line index, which is made when it is first asked for. */
export class SourceFile {
  #lineStarts: readonly number[] | undefined;

  constructor(
    /** The name that the resolver gave: unique within a compilation, shown in diagnostics. */
    readonly path: string,
    readonly text: string,
  ) {}

  /** Where an offset lies; an offset behind the end is the end. */
  position(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.min(offset, this.text.length) - (starts[low] ?? 0) + 1 };
  }

  /** The text of a 1-based line without its line end; empty where there is no such line. */
  line(line: number): string {
    const starts = this.#starts();
    const from = starts[line - 1];
    if (from === undefined) return '';
    return this.text.slice(from, starts[line] ?? this.text.length).replace(/[\r\n]+$/, '');
  }

  #starts(): readonly number[] {
    if (this.#lineStarts !== undefined) return this.#lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }
}
