import { printable } from '../../../shared/text.ts';

const MAX_CHARACTERS = 4_000;

/** A doc comment as it is shown: a module may hold any text of any length. */
export function docText(doc: string): string {
  const text = printable(doc.length > MAX_CHARACTERS ? doc.slice(0, MAX_CHARACTERS) : doc).trim();
  return doc.length > MAX_CHARACTERS ? `${text.replace(/[\ud800-\udbff]$/, '')}…` : text;
}
