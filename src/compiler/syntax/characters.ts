const LETTER = 1;
const DIGIT = 2;
const SPACE = 4;

const CLASSES = new Uint8Array(128);
for (let code = 0; code < CLASSES.length; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) CLASSES[code] = LETTER;
  else if (/[0-9]/.test(char)) CLASSES[code] = DIGIT;
  else if (/[ \t\r\n]/.test(char)) CLASSES[code] = SPACE;
}

/** Whether a UTF-16 unit begins an identifier: an ASCII letter or `_` (language.md §1). NaN, the unit behind the end, is of no class. */
export function isLetter(code: number): boolean {
  return code < 128 && CLASSES[code] === LETTER;
}
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
export function isWordPart(code: number): boolean {
  return code < 128 && ((CLASSES[code] ?? 0) & (LETTER | DIGIT)) !== 0;
}
export function isSpace(code: number): boolean {
  return code < 128 && CLASSES[code] === SPACE;
}
