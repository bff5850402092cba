import type { Readable } from 'node:stream';
import { oneLine } from '../../shared/text.ts';
import { readFairly } from '../read-fairly.ts';
import { LineSplitter } from '../../shared/line-splitter.ts';

/** reconcile-behaviour §5: the last 20 lines go into the status. */
const TAIL_LINES = 20;
const TAIL_LINE_CHARS = 500;
const LINE_BYTES = 16 * 1024;

/** Reads a child's stderr to its end: every line goes to `onLine`, the last 20 are kept. */
export class StderrTail {
  readonly #lines: string[] = [];

  constructor(stderr: Readable, onLine: (text: string) => void) {
    const take = (text: string) => {
      onLine(text);
      this.#lines.push(text);
      if (this.#lines.length > TAIL_LINES) this.#lines.shift();
    };
    const splitter = new LineSplitter(LINE_BYTES, { line: take, tooLong: (head) => take(`${head}…`) });
    readFairly(stderr, (chunk) => splitter.push(chunk));
    stderr.once('end', () => splitter.end());
  }

  /** Oldest first, in a printable form. */
  lines(): readonly string[] {
    return this.#lines.map((line) => oneLine(line, TAIL_LINE_CHARS));
  }
}
