/**
 * Makes text from outside safe for a terminal: control characters (also C1 and the bidi overrides) become visible escapes, line feeds and tabs stay.
 * An upstream's text never moves the cursor, sets a title or hides a line.
 */
export function printable(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- the point of this function
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One line of at most `max` characters, with an ellipsis where it was cut. */
export function oneLine(text: string, max = 200): string {
  const flat = printable(text).replace(/\s+/g, ' ').trim();
  if (flat.length <= max) return flat;
  // Never half of a character outside of the basic plane.
  return `${flat.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** What stands before the first line feed: of a condition's message the sentence, without the lines that a process said. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
