import { Token } from './token.ts';

/** A token of punctuation: its text, its kind, and for the operators of other languages what to write instead. */
export interface Punctuation {
  readonly text: string;
  readonly kind: Token;
  /** Set where the text is no Clarity; `kind` is then the token that was meant, or `Error`. */
  readonly slip?: { readonly message: string; readonly help: string };
}

const CLARITY: readonly [string, Token][] = [
  ['(', Token.LeftParen],
  [')', Token.RightParen],
  ['{', Token.LeftBrace],
  ['}', Token.RightBrace],
  ['[', Token.LeftBracket],
  [']', Token.RightBracket],
  ['+', Token.Plus],
  ['-', Token.Minus],
  ['*', Token.Star],
  ['/', Token.Slash],
  ['%', Token.Percent],
  ['++', Token.PlusPlus],
  ['==', Token.EqualEqual],
  ['!=', Token.NotEqual],
  ['<', Token.Less],
  ['>', Token.Greater],
  ['<=', Token.LessEqual],
  ['>=', Token.GreaterEqual],
  ['!', Token.Not],
  ['->', Token.Arrow],
  ['|', Token.Bar],
  [',', Token.Comma],
  [':', Token.Colon],
  [';', Token.Semicolon],
  ['.', Token.Dot],
  ['..', Token.DotDot],
  ['=', Token.Equal],
];

/** None of these can stand in a program: as Clarity tokens they never follow each other. */
const SLIPS: readonly [string, Token, string][] = [
  ['&&', Token.And, 'Write `and`: `a and b`.'],
  ['=>', Token.Arrow, 'Write `->`: arms are `pattern -> value`, function types `(A) -> B`, lambdas `|x: A| value`.'],
  ['===', Token.EqualEqual, 'Write `==`.'],
  ['!==', Token.NotEqual, 'Write `!=`.'],
  [':=', Token.Equal, 'Write `=`: `let x = 1;`, and `x = 2;` for a variable made with `let mut`.'],
  ['..=', Token.DotDot, 'Write `a..b`: a range includes both ends.'],
  ['...', Token.Error, 'Clarity has no spread: join lists with `concat(a, b)`, and write every field of a new record.'],
  ['|>', Token.Error, 'Clarity has no pipe: write `f(x)`, or name the steps with `let`.'],
  [
    '::',
    Token.Error,
    'Names have no path: a variant stands by its name alone, a function is imported, `import { f } from "./lib"`. To put x before a list write `concat([x], xs)`.',
  ],
  ['+=', Token.Error, 'Write `x = x + 1;` for a variable made with `let mut`.'],
  ['-=', Token.Error, 'Write `x = x - 1;` for a variable made with `let mut`.'],
  ['*=', Token.Error, 'Write `x = x * 2;` for a variable made with `let mut`.'],
  ['/=', Token.Error, 'Write `x = x / 2;` for a variable made with `let mut`; not equal is `!=`.'],
  ['%=', Token.Error, 'Write `x = x % 2;` for a variable made with `let mut`.'],
  ['**', Token.Error, 'Write `pow(base, exponent)`, which takes two Float64.'],
];

/** By the code of the first character, longest first. */
const BY_FIRST: readonly (readonly Punctuation[] | undefined)[] = byFirst();

/** The longest punctuation at an offset; undefined where there is none. */
export function punctuationAt(text: string, at: number): Punctuation | undefined {
  const candidates = BY_FIRST[text.charCodeAt(at)];
  if (candidates === undefined) return undefined;
  for (const candidate of candidates) {
    const length = candidate.text.length;
    if (length === 1) return candidate;
    if (text.charCodeAt(at + 1) !== candidate.text.charCodeAt(1)) continue;
    if (length === 2 || text.charCodeAt(at + 2) === candidate.text.charCodeAt(2)) return candidate;
  }
  return undefined;
}

function byFirst(): Punctuation[][] {
  const table: Punctuation[][] = Array.from({ length: 128 }, () => []);
  const add = (entry: Punctuation) => table[entry.text.charCodeAt(0)]?.push(entry);
  for (const [text, kind] of CLARITY) add({ text, kind });
  for (const [text, kind, help] of SLIPS) {
    add({ text, kind, slip: { message: `\`${text}\` is no operator of Clarity.`, help } });
  }
  for (const entries of table) entries.sort((a, b) => b.text.length - a.text.length);
  return table;
}
