import type { BlockExpr, Expr } from './ast.ts';
import { beginsExpression } from './expression-help.ts';
import { parseExpression } from './parse-expression.ts';
import type { Parser } from './parser.ts';
import { skipStatement } from './recovery.ts';
import { Token } from './token.ts';

/** `block` of language.md §2. The current token is its `{`. */
export function parseBlock(p: Parser): BlockExpr {
  const { start } = p;
  const statements: Expr[] = [];
  let result: Expr | undefined;
  p.braces++;
  p.advance();
  while (p.kind !== Token.RightBrace) {
    if (p.kind === Token.EndOfFile || p.isDeclarationAtMargin()) {
      const { line } = p.source.position(start);
      p.complain(p.at, `The block that begins in line ${line} is not closed.`, 'Close it with `}`.');
      break;
    }
    const statement = parseStatement(p);
    if (p.take(Token.Semicolon) || p.peek(0) !== Token.RightBrace) statements.push(statement);
    else result = statement;
  }
  p.braces--;
  p.take(Token.RightBrace);
  if (result === undefined) return { kind: 'block', statements, start, end: p.end };
  return { kind: 'block', statements, result, start, end: p.end };
}

/** One expression up to its `;` or to the `}` of the block. A statement that does not parse is one `error` expression. */
function parseStatement(p: Parser): Expr {
  const region = p.region();
  try {
    const expression = parseExpression(p);
    if (p.kind !== Token.Semicolon && p.kind !== Token.RightBrace) missingSemicolon(p, expression);
    return expression;
  } catch (caught) {
    const { start } = p.spanOf(region.first);
    skipStatement(p, p.settle(caught, region), region.first);
    return { kind: 'error', start, end: Math.max(p.end, start) };
  }
}

/** Goes on as if the `;` were there when a new statement clearly begins, else gives the statement up. */
function missingSemicolon(p: Parser, before: Expr): void {
  if (p.kind === Token.EndOfFile || p.isDeclarationAtMargin()) return;
  const message = '`;` or `}` after the expression';
  const begins = p.tokens.onNewLine(p.at) ? beginsExpression(p.kind) : p.kind === Token.Let || p.kind === Token.Match;
  if (!begins || p.isForeignWord(p.at - 1)) p.fail(message, separatorHelp(p));
  const what = before.kind === 'match' ? 'A `match` in front of other statements' : 'Every expression but the last one';
  p.missing(message, `${what} ends with \`;\`.`);
}

function separatorHelp(p: Parser): string | undefined {
  switch (p.kind) {
    case Token.Comma:
      return 'Statements end with `;`. A record names every field: `{ x: x, y: y }`.';
    case Token.Arrow:
      return 'A lambda is `|x: Int64| x + 1`; arms stand in `match x { … }`.';
    case Token.Colon:
      if (p.tokens.kind(p.at - 1) === Token.String)
        return 'A map is made by calls, `map_set(map_new(), key, value)`; the fields of a record have no quotes.';
      return 'A variable is made with `let`: `let x: Int64 = 1;`.';
    case Token.Equal:
      return 'Only variables can be assigned, `x = 1;`; to change a field make a new record, to change a list use `list_set`.';
    case Token.LeftBrace:
      if (p.peek(1) === Token.Identifier && p.peek(2) === Token.Colon)
        return 'A record has no type name in front: `{ x: 1, y: 2 }`.';
      return 'A choice is `match condition { True -> a, False -> b }`; a lambda with a block is `|x: Int64| { … }`.';
    case Token.Bar:
      return 'A lambda as an argument stands in the parentheses of the call: `map(xs, |x: Int64| x + 1)`. Records have no update syntax.';
    default:
      return undefined;
  }
}
