import type { LogLine } from '../reconcile/ports.ts';

/** Characters that wait for the disk, of one service. */
const MAX_CHARACTERS = 1_048_576;

/** JSON lines on their way to the disk. When it is full, new lines are counted instead of kept, and the count is told in the log. */
export class LineBuffer {
  #lines: string[] = [];
  #characters = 0;
  #lost = 0;
  #lostAt = '';

  push(line: LogLine): void {
    const text = `${JSON.stringify(line)}\n`;
    if (this.#characters + text.length > MAX_CHARACTERS) {
      this.#lost += 1;
      this.#lostAt = line.at;
      return;
    }
    this.#lines.push(text);
    this.#characters += text.length;
  }

  /** Everything so far, each line ended; empty where there is nothing. */
  take(): string {
    const note: LogLine = {
      at: this.#lostAt,
      stream: 'runtime',
      text: `${this.#lost} lines came too fast and are lost`,
    };
    const text = this.#lines.join('') + (this.#lost === 0 ? '' : `${JSON.stringify(note)}\n`);
    this.#lines = [];
    this.#characters = 0;
    this.#lost = 0;
    return text;
  }
}
