import type { LogLine } from '../reconcile/ports.ts';

/** Characters that wait for the disk, of one service. */
const MAX_CHARACTERS = 1_048_576;

/** JSON lines on their way to the disk. When it is full, new lines are counted instead, and the count is told in the log. */
export class LineBuffer {
  #lines: string[] = [];
  #characters = 0;
  #lost = 0;
  #flooded = false;

  /** Lines were lost before it was emptied last. */
  get flooded(): boolean {
    return this.#flooded;
  }

  /** Nothing more is kept until it has been emptied. */
  get isFull(): boolean {
    return this.#characters >= MAX_CHARACTERS;
  }

  push(line: LogLine): void {
    const text = `${JSON.stringify(line)}\n`;
    this.#lines.push(text);
    this.#characters += text.length;
  }

  /** Counts a line that is not kept. */
  lose(): void {
    this.#lost += 1;
  }

  /** Everything so far, each line ended; empty where there is nothing. `at` dates the word about lost lines. */
  take(at: string): string {
    if (this.#lines.length === 0) return '';
    const note: LogLine = { at, stream: 'runtime', text: `${this.#lost} lines came too fast and are lost` };
    const text = this.#lines.join('') + (this.#lost === 0 ? '' : `${JSON.stringify(note)}\n`);
    this.#flooded = this.#lost > 0;
    this.#lines = [];
    this.#characters = 0;
    this.#lost = 0;
    return text;
  }
}
