import { Token } from '../syntax/token.ts';
import { concat, concatAll, group, indent, softline, type Doc } from './doc.ts';
import type { Emitter } from './emitter.ts';

/**
 * A bracket, items, a bracket: on one line if it fits, else an item a line. `edge` stands inside of the brackets: a softline, or a line
 * where they have a space. `broken` as in `group`; the commas are those that are written.
 */
export function formatList(e: Emitter, edge: Doc, broken: boolean | undefined, items: readonly (() => Doc)[]): Doc {
  const open = e.token();
  if (items.length === 0 && !open.breaks && !e.hasComment()) return concat(open, e.token());
  const parts: Doc[] = [edge];
  let first = true;
  for (const item of items) {
    if (!first) parts.push(e.separator());
    first = false;
    parts.push(item(), e.take(Token.Comma), e.take(Token.Semicolon));
  }
  if (!first && e.hasComment()) parts.push(e.separator());
  parts.push(e.comments());
  return group(concat(open, indent(concatAll(parts)), items.length === 0 ? softline : edge, e.token()), broken);
}

/** Whether a line ends behind the current token: how an author says that a bracket is to stay open. */
export function opensLine(e: Emitter): boolean {
  return e.tokens.onNewLine(e.at + 1);
}

/** The same list where every line end that stands before an item or before the closing bracket counts. */
export function formatLines(e: Emitter, edge: Doc, items: readonly (() => Doc)[]): Doc {
  let broken = opensLine(e);
  const watched = items.map((item) => () => {
    broken ||= e.tokens.onNewLine(e.at);
    return item();
  });
  const list = formatList(e, edge, true, watched);
  broken ||= e.tokens.onNewLine(e.at - 1);
  return list.kind === 'group' ? group(list.child, broken) : list;
}
