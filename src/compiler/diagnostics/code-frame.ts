import { printable } from '../../shared/text.ts';
import type { SourceFile, Span } from '../source/source-file.ts';
import { displayWidth } from './display-width.ts';

/** Columns of source that are shown; a longer line is cut around its marked part. */
const MAX_COLUMNS = 120;
/** Columns before the mark that stay where a line is cut. */
const LEAD = 40;
const TAB = '    ';

/** The marked line: what a terminal shows of it, and the carets below. */
export interface CodeFrame {
  readonly line: number;
  readonly code: string;
  readonly marks: string;
}

/** The first line of a span with carets under its part of it; a place without text has one caret. */
export function codeFrame(source: SourceFile, { start, end }: Span): CodeFrame {
  const { line, column } = source.position(start);
  const text = source.line(line);
  const from = Math.min(column - 1, text.length);
  const to = Math.max(from, Math.min(text.length, from + (end - start)));
  // Only what may come into view is looked at: a line may be megabytes long.
  const before = shown(text.slice(Math.max(0, from - 2 * MAX_COLUMNS), from));
  const marked = shown(text.slice(from, Math.min(to, from + MAX_COLUMNS)));
  const after = shown(text.slice(to, to + MAX_COLUMNS + 1));
  const width = Math.max(1, displayWidth(marked));
  const lead = displayWidth(before);
  if (lead + Math.min(width, LEAD) <= MAX_COLUMNS)
    return { line, code: clip(before + marked + after), marks: carets(lead, width) };
  const kept = lastColumns(before, LEAD);
  return { line, code: `…${clip(kept + marked + after)}`, marks: carets(displayWidth(kept) + 1, width) };
}

/** Safe for a terminal, tabs as blanks. */
function shown(text: string): string {
  return printable(text.replaceAll('\t', TAB));
}

function carets(lead: number, width: number): string {
  return ' '.repeat(lead) + '^'.repeat(Math.max(1, Math.min(width, MAX_COLUMNS - lead)));
}

function clip(text: string): string {
  let width = 0;
  let out = '';
  for (const char of text) {
    width += displayWidth(char);
    if (width > MAX_COLUMNS) return `${out}…`;
    out += char;
  }
  return out;
}

function lastColumns(text: string, columns: number): string {
  let width = 0;
  let out = '';
  for (const char of [...text].reverse()) {
    width += displayWidth(char);
    if (width > columns) break;
    out = char + out;
  }
  return out;
}
