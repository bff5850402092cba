import { isCollection, isMap, isPair, type Node, type Pair } from 'yaml';

/** Offset of the first character of the line that holds the offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break (or the end of the text) after the offset. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', Math.max(0, offset));
  if (at === -1) return text.length;
  return text[at - 1] === '\r' && at > offset ? at - 1 : at;
}

/** Where nodes begin and end in their text. */
export class SourceSpans {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  start(node: unknown): number {
    const first = isPair(node) ? node.key : node;
    return (first as Partial<Node> | undefined)?.range?.[0] ?? 0;
  }

  /** The end of the content, without comments and line breaks after it. */
  end(node: unknown): number {
    if (isPair(node)) return Math.max(this.end(node.value), this.afterColon(node));
    if (isCollection(node) && !node.flow) return this.end(node.items.at(-1));
    let end = (node as Partial<Node> | null | undefined)?.range?.[1] ?? 0;
    while (end > 0 && /[\r\n]/.test(this.#text[end - 1] ?? '')) end--;
    return end;
  }

  /** Characters of the line before the offset; a dash before it counts. */
  column(offset: number): number {
    return offset - lineStart(this.#text, offset);
  }

  /** Spaces that the line of the offset begins with. */
  indent(offset: number): number {
    const start = lineStart(this.#text, offset);
    return this.#text.slice(start, offset).search(/\S|$/);
  }

  afterColon(pair: Pair): number {
    const end = (pair.key as Partial<Node> | null)?.range?.[1] ?? 0;
    const colon = this.#text.indexOf(':', end);
    return colon === -1 ? end : colon + 1;
  }

  /** True where something of the value stands on the line of its key. */
  beginsOnLineOf(pair: Pair): boolean {
    const start = (pair.value as Partial<Node> | null)?.range;
    if (!start || (isMap(pair.value) && !pair.value.flow && pair.value.items.length === 0)) return false;
    return start[1] > start[0] && start[0] < lineEnd(this.#text, this.afterColon(pair));
  }

  /** Spaces that one level of the text is indented by. */
  indentStep(root: Node): number {
    if (!isMap(root)) return 2;
    for (const { key, value } of root.items) {
      if (!isMap(value) || value.items.length === 0) continue;
      const step = this.column(this.start(value.items[0])) - this.column(this.start(key));
      if (step > 0 && step <= 8 && this.#text.slice(this.start(key), this.start(value.items[0])).includes('\n'))
        return step;
    }
    return 2;
  }
}
