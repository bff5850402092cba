const QUOTE = 34;
const DOLLAR = 36;
const BACKSLASH = 92;
const BRACE = 123;

/** The offset behind the `"` or the `${` that ends a piece of a string, whose text begins at `from`; -1 where the text ends before. */
export function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
    else if (code === DOLLAR && text.charCodeAt(at + 1) === BRACE) return at + 2;
  }
  return -1;
}

/** The offset behind the closing `"""`; -1 where there is none. */
export function endOfTripleString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE && text.charCodeAt(at + 1) === QUOTE && text.charCodeAt(at + 2) === QUOTE) return at + 3;
  }
  return -1;
}
