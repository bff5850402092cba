const HANG = '  ';
/** Fewer columns than this leave no room for words; such a text stays as it is. */
const MIN_WIDTH = 20;

/**
 * The text with its lines broken at blanks, so that none is wider than `width` columns; what follows stands two columns
 * further to the right. A word that is wider stays whole, so that it can be copied. Colours count nothing.
 */
export function wrapText(text: string, width: number): string {
  if (width < MIN_WIDTH || width === Infinity) return text;
  return text
    .split('\n')
    .map((line) => (visibleWidth(line) <= width ? line : wrapLine(line, width)))
    .join('\n');
}

/** Columns that a text takes without its colours. */
export function visibleWidth(text: string): number {
  // eslint-disable-next-line no-control-regex -- the escapes that picocolors writes
  return text.replace(/\u001b\[\d+m/g, '').length;
}

function wrapLine(line: string, width: number): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let now = '';
  // The blanks before a word belong to it: columns inside of a line stay.
  for (const word of line.slice(indent.length).match(/ *[^ ]+/g) ?? []) {
    const start = lines.length === 0 ? indent : indent + HANG;
    if (now !== '' && visibleWidth(start + now + word) > width) {
      lines.push(start + now);
      now = word.trimStart();
    } else now += word;
  }
  return [...lines, (lines.length === 0 ? indent : indent + HANG) + now].join('\n');
}
