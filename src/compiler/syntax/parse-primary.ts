import type { Expr, LambdaExpr, LetExpr, ListExpr, Param, RecordExpr } from './ast.ts';
import { parseBlock } from './parse-block.ts';
import { parseExpression } from './parse-expression.ts';
import { parseLiteral } from './parse-literal.ts';
import { parseMatch } from './parse-match.ts';
import { parseType } from './parse-type.ts';
import { expressionHelp } from './expression-help.ts';
import type { Parser } from './parser.ts';
import { stringValue } from './string-value.ts';
import { Token } from './token.ts';

const UNIT = 'The value of type Unit is `{}`; a lambda without parameters is `|| value`.';
const TYPE_ARGUMENTS =
  'A call has no type arguments: write `f()`, and the type at the variable, `let m: Map<String, Int64> = map_new();`.';

/** `primary` of language.md §2. */
export function parsePrimary(p: Parser): Expr {
  switch (p.kind) {
    case Token.Identifier:
      return parseNameOrAssignment(p);
    case Token.Integer:
    case Token.Float:
    case Token.String:
    case Token.TripleString:
    case Token.True:
    case Token.False:
      return parseLiteral(p);
    case Token.StringHead:
      return parseInterpolation(p);
    case Token.LeftParen:
      return parseParenthesised(p);
    case Token.LeftBracket:
      return parseList(p);
    case Token.LeftBrace:
      return p.peek(1) === Token.Identifier && p.peek(2) === Token.Colon ? parseRecord(p) : parseBlock(p);
    case Token.Let:
      return parseLet(p);
    case Token.Match:
      return parseMatch(p);
    case Token.Bar:
      return parseLambda(p);
    case Token.Error:
      return parseError(p);
    default:
      return p.fail('an expression', expressionHelp(p));
  }
}

/** The lexer has reported it. */
function parseError(p: Parser): Expr {
  const { start } = p;
  p.advance();
  return { kind: 'error', start, end: p.end };
}

/** An assignment is seen here, at its name, and takes a whole expression: `a + x = 1` is `a + (x = 1)`. */
function parseNameOrAssignment(p: Parser): Expr {
  const name = p.name('a name');
  if (p.kind !== Token.Equal) return { kind: 'name', name: name.text, start: name.start, end: name.end };
  p.advance();
  const value = parseExpression(p);
  return { kind: 'assign', name, value, start: name.start, end: p.end };
}

function parseInterpolation(p: Parser): Expr {
  const { start } = p;
  const parts: Expr[] = [];
  let open = true;
  addText(p, parts, 2);
  while (open) {
    parts.push(parseExpression(p));
    open = p.kind === Token.StringMiddle;
    if (!open && p.kind !== Token.StringTail) p.fail('`}` after the expression of the interpolation');
    addText(p, parts, open ? 2 : 1);
  }
  return { kind: 'interpolation', parts, start, end: p.end };
}

/** The text of the piece of a string that is the current token; `closing` is the length of its `"` or `${`. */
function addText(p: Parser, parts: Expr[], closing: number): void {
  const start = p.start + 1;
  p.advance();
  const end = p.end - closing;
  if (end > start) parts.push({ kind: 'string', value: stringValue(p.source.text.slice(start, end)), start, end });
}

function parseParenthesised(p: Parser): Expr {
  p.parens++;
  p.advance();
  if (p.kind === Token.RightParen) {
    const typeArguments = p.tokens.kind(p.at - 2) === Token.Greater;
    p.fail('an expression', typeArguments ? TYPE_ARGUMENTS : UNIT);
  }
  const inner = parseExpression(p);
  p.expect(Token.RightParen, '`)`', parenthesisHelp(p));
  p.parens--;
  return inner;
}

function parenthesisHelp(p: Parser): string | undefined {
  if (p.kind === Token.Comma) return 'There are no tuples: declare a record, `type Pair = { a: Int64, b: String }`.';
  if (p.kind === Token.Colon) return 'A lambda is `|x: Int64| x + 1`.';
  return undefined;
}

function parseList(p: Parser): ListExpr {
  const { start } = p;
  const items: Expr[] = [];
  p.parens++;
  p.advance();
  while (p.kind !== Token.RightBracket) {
    items.push(parseExpression(p));
    if (!p.take(Token.Comma)) break;
  }
  p.expect(Token.RightBracket, '`,` or `]` in the list');
  p.parens--;
  return { kind: 'list', items, start, end: p.end };
}

function parseRecord(p: Parser): RecordExpr {
  const { start } = p;
  const fields: RecordExpr['fields'][number][] = [];
  p.braces++;
  p.advance();
  while (p.kind !== Token.RightBrace) {
    const name = p.name('a field or `}` in the record');
    p.expect(Token.Colon, `\`:\` after the field \`${name.text}\``, `Write \`${name.text}: ${name.text}\`.`);
    fields.push({ name, value: parseExpression(p) });
    p.take(Token.Comma);
  }
  p.braces--;
  p.advance();
  return { kind: 'record', fields, start, end: p.end };
}

function parseLet(p: Parser): LetExpr {
  const { start } = p;
  p.advance();
  const mutable = p.take(Token.Mut);
  const name = p.kind === Token.Underscore ? wildcard(p) : p.name('a name after `let`', letHelp(p));
  const annotation = p.take(Token.Colon) ? parseType(p) : undefined;
  p.expect(
    Token.Equal,
    '`=` and the value of the variable',
    'Every variable has a value from its start: `let x = 0;`.',
  );
  const value = parseExpression(p);
  const { end } = p;
  if (annotation === undefined) return { kind: 'let', name, mutable, value, start, end };
  return { kind: 'let', name, mutable, annotation, value, start, end };
}

function wildcard(p: Parser): LetExpr['name'] {
  const { start } = p;
  p.advance();
  return { text: '_', start, end: p.end };
}

function letHelp(p: Parser): string | undefined {
  switch (p.kind) {
    case Token.LeftParen:
    case Token.LeftBrace:
    case Token.LeftBracket:
      return 'A let names one value: read the parts from it, `let x = r.x;`, or take it apart with `match`.';
    default:
      return undefined;
  }
}

function parseLambda(p: Parser): LambdaExpr {
  const { start } = p;
  const params: Param[] = [];
  p.advance();
  if (p.kind !== Token.Bar) {
    do params.push(parseLambdaParam(p));
    while (p.take(Token.Comma));
  }
  p.expect(Token.Bar, '`,` or `|` after the parameters of the lambda');
  if (p.kind === Token.Arrow) p.fail('the value of the lambda', 'Its type is inferred: `|x: Int64| x + 1`.');
  const body = parseExpression(p);
  return { kind: 'lambda', params, body, start, end: p.end };
}

function parseLambdaParam(p: Parser): Param {
  const name = p.name('a parameter of the lambda');
  p.expect(
    Token.Colon,
    `\`:\` and the type of \`${name.text}\``,
    `Parameters have types: \`|${name.text}: Int64| …\`.`,
  );
  const type = parseType(p);
  return { name, type, start: name.start, end: p.end };
}
