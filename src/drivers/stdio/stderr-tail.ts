import type { Readable } from 'node:stream';
import { oneLine } from '../../shared/text.ts';
import { LineSplitter } from './line-splitter.ts';

/** reconcile-behaviour §5: the last 20 lines go into the status. */
const TAIL_LINES = 20;
const TAIL_LINE_CHARS = 500;
const LINE_BYTES = 16 * 1024;

/** Reads a child's stderr to its end: every line goes to `onLine`, the last 20 are kept in a printable form. */
export class StderrTail {
  #lines: string[] = [];

  constructor(stderr: Readable, onLine: (text: string) => void) {
    const take = (text: string) => {
      onLine(text);
      this.#lines = [...this.#lines, oneLine(text, TAIL_LINE_CHARS)].slice(-TAIL_LINES);
    };
    const splitter = new LineSplitter(LINE_BYTES, { line: take, tooLong: (head) => take(`${head}…`) });
    stderr.on('data', (chunk: Buffer) => splitter.push(chunk));
    stderr.once('end', () => splitter.end());
  }

  /** Oldest first. */
  lines(): readonly string[] {
    return this.#lines;
  }
}
