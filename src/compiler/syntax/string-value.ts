const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  e: '\u001b',
  '\\': '\\',
  '"': '"',
  $: '$',
};

/**
 * The text of a piece of a `"…"` string (language.md §1): any escape that is not in the table keeps both characters.
 * `raw` is what stands between the quotes, or between a quote and `${`.
 */
export function stringValue(raw: string): string {
  return raw.includes('\\') ? unescape(raw, true) : raw;
}

/** The text of a `"""…"""` string: `\$` is no escape there, and one line end directly after the opening quotes is dropped. */
export function tripleStringValue(raw: string): string {
  const from = raw.startsWith('\n') ? 1 : raw.startsWith('\r\n') ? 2 : 0;
  const body = from === 0 ? raw : raw.slice(from);
  return body.includes('\\') ? unescape(body, false) : body;
}

function unescape(raw: string, dollar: boolean): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = raw.indexOf('\\'); at >= 0 && at + 1 < raw.length; at = raw.indexOf('\\', at)) {
    const escaped = raw.charAt(at + 1);
    const value = escaped === '$' && !dollar ? undefined : ESCAPES[escaped];
    if (value !== undefined) {
      pieces.push(raw.slice(from, at), value);
      from = at + 2;
    }
    at += 2;
  }
  pieces.push(raw.slice(from));
  return pieces.join('');
}
