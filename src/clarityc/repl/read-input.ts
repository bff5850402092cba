import { Reporter } from '../../compiler/diagnostics/reporter.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import type { Declaration } from '../../compiler/syntax/ast.ts';
import { tokenize } from '../../compiler/syntax/lexer.ts';
import { parseModule } from '../../compiler/syntax/parse-module.ts';
import { Token } from '../../compiler/syntax/token.ts';

/** One input of the repl. */
export interface ReplInput {
  readonly kind: 'declaration' | 'statement' | 'expression';
  /** Without a `;` at the end. */
  readonly text: string;
  /** The names that it declares. */
  readonly keys: readonly string[];
}

const DECLARING: ReadonlySet<Token> = new Set([
  Token.Import,
  Token.Export,
  Token.Type,
  Token.Function,
  Token.Effect,
  Token.Const,
]);
const OPENING: ReadonlySet<Token> = new Set([Token.LeftParen, Token.LeftBrace, Token.LeftBracket, Token.StringHead]);
const CLOSING: ReadonlySet<Token> = new Set([Token.RightParen, Token.RightBrace, Token.RightBracket, Token.StringTail]);
/** After these something must follow. */
const LEADING: ReadonlySet<Token> = new Set([
  Token.Plus,
  Token.Minus,
  Token.Star,
  Token.Slash,
  Token.Percent,
  Token.PlusPlus,
  Token.EqualEqual,
  Token.NotEqual,
  Token.Less,
  Token.Greater,
  Token.LessEqual,
  Token.GreaterEqual,
  Token.And,
  Token.Or,
  Token.Equal,
  Token.Arrow,
  Token.Comma,
  Token.Colon,
  Token.Match,
  Token.Let,
]);

/** What an input is; undefined while something must still follow: an open bracket, a string without its end, half a declaration. */
export function readInput(written: string): ReplInput | undefined {
  const { tokens, problems } = tokenize(written);
  const count = tokens.kind(tokens.count - 1) === Token.EndOfFile ? tokens.count - 1 : tokens.count;
  let depth = 0;
  for (let at = 0; at < count; at++) {
    if (OPENING.has(tokens.kind(at))) depth++;
    else if (CLOSING.has(tokens.kind(at))) depth--;
  }
  const open = problems.some(({ message }) => message.includes(' has no closing '));
  if (depth > 0 || open || (count > 0 && LEADING.has(tokens.kind(count - 1)))) return undefined;
  if (DECLARING.has(tokens.kind(0))) return readDeclaration(written);
  const text = tokens.kind(count - 1) === Token.Semicolon ? written.slice(0, tokens.start(count - 1)) : written;
  const assigns = tokens.kind(0) === Token.Identifier && tokens.kind(1) === Token.Equal;
  return { kind: assigns || tokens.kind(0) === Token.Let ? 'statement' : 'expression', text, keys: [] };
}

function readDeclaration(text: string): ReplInput | undefined {
  const source = new SourceFile('', `module Repl\n${text}`);
  const report = new Reporter();
  const { imports, declarations } = parseModule(source, report);
  const [first] = report.sorted();
  if (first !== undefined && first.span.start >= source.text.trimEnd().length) return undefined;
  const names = imports.flatMap((each) => each.names.map((name) => name.text));
  return { kind: 'declaration', text, keys: [...names, ...declarations.flatMap(declaredNames)] };
}

function declaredNames(declaration: Declaration): readonly string[] {
  return declaration.kind === 'broken' ? declaration.names : [declaration.name.text];
}
