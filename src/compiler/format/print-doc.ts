import type { Doc, LineDoc } from './doc.ts';

/** Columns that a line should have at most. */
const WIDTH = 100;
const STEP = 2;

interface Frame {
  readonly doc: Doc;
  readonly indent: number;
  readonly flat: boolean;
}

/** Sets documents one after the other. Uses a stack of its own: the height of a document does not matter. */
export class DocPrinter {
  readonly #pieces: string[] = [];
  readonly #stack: Frame[] = [];
  #column = 0;
  /** Line ends to set before the next text: behind a comment, and for lines without text. */
  #pending = 0;

  print(doc: Doc): void {
    this.#stack.push({ doc, indent: 0, flat: false });
    for (let frame = this.#stack.pop(); frame !== undefined; frame = this.#stack.pop()) this.#step(frame);
  }

  /** All that was printed, with one line end behind it. */
  finish(): string {
    const text = this.#pieces.join('');
    return text === '' ? '' : `${text}\n`;
  }

  #step({ doc, indent, flat }: Frame): void {
    switch (doc.kind) {
      case 'text':
        this.#text(doc.text, indent);
        break;
      case 'concat':
        for (let index = doc.parts.length - 1; index >= 0; index--) {
          const part = doc.parts[index];
          if (part !== undefined) this.#stack.push({ doc: part, indent, flat });
        }
        break;
      case 'indent':
        this.#stack.push({ doc: doc.child, indent: indent + STEP, flat });
        break;
      case 'group':
        this.#stack.push({ doc: doc.child, indent, flat: flat || (!doc.breaks && this.#fits(doc, indent)) });
        break;
      case 'line':
        this.#line(doc, indent, flat);
        break;
      case 'comment':
        if (doc.own) this.#pending = Math.max(this.#pending, this.#pieces.length === 0 ? 0 : 1);
        this.#text(doc.own ? doc.text : ` ${doc.text}`, indent);
        this.#pending = doc.blank ? 2 : 1;
        break;
    }
  }

  #line(doc: LineDoc, indent: number, flat: boolean): void {
    if (flat && !doc.hard && this.#pending === 0) this.#text(doc.flat, indent);
    else this.#pending = Math.max(this.#pending, doc.blank ? 2 : 1);
  }

  #text(text: string, indent: number): void {
    if (text === '') return;
    let shown = text;
    if (this.#pending > 0) {
      if (text === ' ') return;
      if (this.#pieces.length > 0) this.#pieces.push('\n'.repeat(this.#pending));
      this.#pieces.push(' '.repeat(indent));
      this.#column = indent;
      this.#pending = 0;
      shown = text.startsWith(' ') ? text.slice(1) : text;
    }
    this.#pieces.push(shown);
    const end = shown.lastIndexOf('\n');
    this.#column = end < 0 ? this.#column + shown.length : shown.length - end - 1;
  }

  /** Whether the group stands flat on the line, and what follows it up to the next place where a line may end. */
  #fits(doc: Doc, indent: number): boolean {
    let left = WIDTH - (this.#pending > 0 ? indent : this.#column) - doc.width;
    const rest: Doc[] = [];
    for (let index = this.#stack.length - 1; index >= 0 && left >= 0; index--) {
      const frame = this.#stack[index];
      if (frame === undefined) break;
      if (frame.flat) left -= frame.doc.width;
      else {
        rest.push(frame.doc);
        const used = widthToLine(rest, left);
        if (used.ended) return used.left >= 0;
        left = used.left;
      }
    }
    return left >= 0;
  }
}

/** Takes documents from the stack until a line may end. */
function widthToLine(stack: Doc[], available: number): { left: number; ended: boolean } {
  let left = available;
  for (let doc = stack.pop(); doc !== undefined && left >= 0; doc = stack.pop()) {
    if (doc.kind === 'line' || doc.kind === 'comment') return { left, ended: true };
    if (doc.kind === 'text') {
      left -= doc.width;
      if (doc.text.includes('\n')) return { left, ended: true };
    } else if (doc.kind === 'concat') {
      for (let index = doc.parts.length - 1; index >= 0; index--) {
        const part = doc.parts[index];
        if (part !== undefined) stack.push(part);
      }
    } else stack.push(doc.child);
  }
  return { left, ended: false };
}
