/** A replacement of a part of a text; `from` and `to` are offsets of the text before. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with all of them made; they must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const ordered = splices.map((splice, index) => ({ ...splice, index }));
  ordered.sort((a, b) => b.from - a.from || b.to - a.to || b.index - a.index);
  return ordered.reduce((now, { from, to, text: put }) => now.slice(0, from) + put + now.slice(to), text);
}

/** The line feed that a text uses; `\n` where it has none. */
export function lineFeedOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
