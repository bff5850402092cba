import type { TokenList } from './token-list.ts';
import { Token } from './token.ts';

const LOOP = 'There are no loops: write a function that calls itself; a call in tail position runs in constant stack.';
const FUNCTION = 'Write `function name(x: Int64) -> Int64 { x + 1 }`.';
const IF = 'Write `match condition { True -> a, False -> b }`.';
const NULL = 'There is no null: a value that may be missing is an `Option<T>`, `Some(x)` or `None`.';
const RESULT = 'There are no exceptions: answer a `Result<T, E>`, `Ok(x)` or `Err(e)`, and take it apart with `match`.';
const TYPE =
  'Write a record, `type Point = { x: Int64, y: Int64 }`, or a union, `type Shape = | Circle(radius: Float64) | Dot`.';
const TRAIT = 'There are no methods and no traits: write functions over the type.';
const LET = 'Write `let x = 1;`, or `let mut x = 1;` for a variable that is assigned later.';
const EXPORT = 'Write `export` in front of a declaration that others may import.';
const ASYNC = 'There is no async: a call waits for its result.';
const MATCH = 'Write `match x { pattern -> value, _ -> value }`.';
const IMPORT = 'Write `import { name } from "./file"`.';

/** The words of language.md §8.3: kind `foreign-syntax`. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['else', IF],
  ['while', LOOP],
  ['for', LOOP],
  ['class', TYPE],
  ['interface', TYPE],
  ['return', 'The value of a function is the last expression of its body, without `;`.'],
  ['null', NULL],
  ['nil', NULL],
  ['undefined', NULL],
  ['try', RESULT],
  ['catch', RESULT],
  ['throw', RESULT],
  ['var', LET],
];

/** More words of other languages: kind `parse`, as any unexpected word, but with help. */
const OTHER: readonly (readonly [string, string])[] = [
  ['fn', FUNCTION],
  ['func', FUNCTION],
  ['fun', FUNCTION],
  ['def', FUNCTION],
  ['val', LET],
  ['auto', LET],
  ['struct', TYPE],
  ['enum', TYPE],
  ['record', TYPE],
  ['data', TYPE],
  ['trait', TRAIT],
  ['impl', TRAIT],
  ['extends', TRAIT],
  ['implements', TRAIT],
  ['pub', EXPORT],
  ['public', EXPORT],
  ['private', 'What is not exported is private: leave the word out.'],
  ['static', 'Write a `const` or a function at the top level.'],
  ['async', ASYNC],
  ['await', ASYNC],
  ['new', 'A record is written `{ x: 1, y: 2 }`, a variant `Circle(radius: 1.0)`.'],
  ['switch', MATCH],
  ['case', MATCH],
  ['when', 'A guard is `pattern if condition -> value`.'],
  ['loop', LOOP],
  ['do', LOOP],
  ['break', LOOP],
  ['continue', LOOP],
  ['elif', IF],
  ['elseif', IF],
  ['then', IF],
  ['in', 'Statements follow each other, `let x = 1; x + 1`; there are no loops.'],
  ['of', 'Write `match x { … }`.'],
  [
    'as',
    'Imports cannot be renamed. There are no casts: convert with `int_to_float`, `float_to_int` or `int_to_string`.',
  ],
  ['where', 'Put a `let` in front of the expression.'],
  ['use', IMPORT],
  ['using', IMPORT],
  ['require', IMPORT],
  ['namespace', 'A file is a module: `module Name` is its first line.'],
  ['package', 'A file is a module: `module Name` is its first line.'],
  ['mod', 'A file is a module: `module Name` is its first line.'],
  ['not', 'Write `!`: `!done`.'],
  ['finally', RESULT],
  ['raise', RESULT],
];

interface Word {
  readonly kind: 'foreign-syntax' | 'parse';
  readonly help: string;
}

const WORDS: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...OTHER.map(([word, help]) => [word, { kind: 'parse', help }] as const),
  ...FOREIGN.map(([word, help]) => [word, { kind: 'foreign-syntax', help }] as const),
]);

/** What to say about a word of another language. */
export interface Slip extends Word {
  /** Index of the word. */
  readonly token: number;
  readonly message: string;
}

/** How Clarity says what a word of language.md §8.3 says; undefined for other words, which may well be names. For the help of an undefined name. */
export function foreignWordHelp(word: string): string | undefined {
  const found = WORDS.get(word);
  return found?.kind === 'foreign-syntax' ? found.help : undefined;
}

/** The word at a token, if it is one of another language. */
export function slipOf(tokens: TokenList, index: number): Slip | undefined {
  if (tokens.kind(index) !== Token.Identifier) return undefined;
  const text = tokens.textOf(index);
  const word = WORDS.get(text);
  return word && { ...word, token: index, message: `\`${text}\` is no word of Clarity.` };
}

/**
 * The word that explains why a region failed: the one before the failure, as in `return 1`; the one that it begins with, as in
 * `while (x) {`; or the one that failed itself, as in `} else {`. These words are ordinary names, so one that is used as a name is none.
 */
export function slipAt(tokens: TokenList, first: number, failed: number): Slip | undefined {
  const before = failed > first && !tokens.onNewLine(failed) ? slipOf(tokens, failed - 1) : undefined;
  if (before !== undefined) return before;
  const opening = startsForeign(tokens.kind(first + 1)) ? slipOf(tokens, first) : undefined;
  return opening ?? slipOf(tokens, failed);
}

/** Whether the token behind the first word of a statement shows that the word is not meant as a name. */
function startsForeign(next: Token): boolean {
  switch (next) {
    case Token.Identifier:
    case Token.Integer:
    case Token.Float:
    case Token.String:
    case Token.StringHead:
    case Token.LeftParen:
    case Token.LeftBrace:
    case Token.Let:
      return true;
    default:
      return false;
  }
}
