import { Parser } from 'yaml';
import { ClarityError } from '../shared/errors.ts';

/**
 * The text of each document by its index (as in ParsedDocument), with its own comments, without the `---`.
 * The marker stays where directives (%YAML) need it.
 */
export function splitDocuments(text: string): readonly string[] {
  return regionsOf(text).map((region) => pieceOf(text, region));
}

/**
 * Takes one document out of a text, with its `---`; '' where it was the last one. A modeline on the first line stays.
 * Throws ClarityError NotFound where there is no such document.
 */
export function removeDocument(text: string, index: number): string {
  const regions = regionsOf(text);
  const region = regions[index];
  if (region === undefined || region.empty)
    throw new ClarityError('NotFound', `the text has no document ${String(index + 1)}`);
  if (regions.every((other) => other === region || other.empty)) return '';
  const next = regions[index + 1];
  if (index > 0 || next === undefined) return text.slice(0, region.from) + text.slice(region.to);
  const modeline = /^\uFEFF?(# yaml-language-server:.*\r?\n)?/.exec(text)?.[0] ?? '';
  return modeline + pieceOf(text, next) + text.slice(next.to);
}

/** Where a document stands: directives and comments, the marker, the body, the end marker. */
interface Region {
  readonly from: number;
  /** Offset of `---`; that of the body where there is none. */
  readonly marker: number;
  readonly body: number;
  /** Offset after the body, before a `...`. */
  readonly end: number;
  readonly to: number;
  readonly empty: boolean;
}

function regionsOf(text: string): readonly Region[] {
  const regions: Region[] = [];
  const marks = [...new Parser().parse(text)].filter(({ type }) => type === 'document' || type === 'doc-end');
  for (const [index, token] of marks.entries()) {
    if (token.type !== 'document') continue;
    const next = marks[index + 1];
    const end = next?.offset ?? text.length;
    const from = regions.at(-1)?.to ?? (text.startsWith('\uFEFF') ? 1 : 0);
    const mark = token.start.find(({ type }) => type === 'doc-start')?.offset;
    regions.push({
      from,
      marker: mark ?? from,
      body: mark === undefined ? from : mark + '---'.length,
      end,
      to: next?.type === 'doc-end' ? nextLine(text, end) : end,
      empty: token.value === undefined,
    });
  }
  return regions;
}

function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

function pieceOf(text: string, { from, marker, body, end }: Region): string {
  const prelude = text.slice(from, marker);
  if (/^%/m.test(prelude)) return text.slice(from, end);
  return prelude + text.slice(body, end).replace(/^[ \t]*\r?\n|^[ \t]+/, '');
}
