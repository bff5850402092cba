import { Token } from './token.ts';

/** The 16 keywords (language.md §1) by their words. */
const KEYWORDS: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['module', Token.Module],
  ['import', Token.Import],
  ['export', Token.Export],
  ['from', Token.From],
  ['function', Token.Function],
  ['type', Token.Type],
  ['const', Token.Const],
  ['let', Token.Let],
  ['mut', Token.Mut],
  ['match', Token.Match],
  ['effect', Token.Effect],
  ['True', Token.True],
  ['False', Token.False],
  ['and', Token.And],
  ['or', Token.Or],
  ['if', Token.If],
]);

const SHORTEST = 2;
const LONGEST = 8;

/** Bit n set: a keyword begins with the letter of code 64 + n (upper case) or 96 + n (lower case). */
const FIRST_UPPER = bits('FT');
const FIRST_LOWER = bits('acefilmot');

/** The kind of a word that stands at `start`…`end`: most words are told from keywords by their length and first letter. */
export function wordKind(text: string, start: number, end: number): Token {
  const length = end - start;
  const first = text.charCodeAt(start);
  if (length === 1 && first === 95) return Token.Underscore;
  if (length < SHORTEST || length > LONGEST) return Token.Identifier;
  const candidates = first >= 96 ? FIRST_LOWER : FIRST_UPPER;
  if ((candidates & (1 << (first & 31))) === 0) return Token.Identifier;
  return KEYWORDS.get(text.slice(start, end)) ?? Token.Identifier;
}

function bits(letters: string): number {
  let set = 0;
  for (const letter of letters) set |= 1 << (letter.charCodeAt(0) & 31);
  return set;
}
