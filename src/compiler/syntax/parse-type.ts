import type { Name, TypeExpr } from './ast.ts';
import type { Parser } from './parser.ts';
import { Token } from './token.ts';

/** `type` of language.md §2. */
export function parseType(p: Parser): TypeExpr {
  p.enter();
  const type = p.kind === Token.LeftParen ? parseFunctionType(p) : parseNamedType(p);
  p.depth--;
  return type;
}

function parseNamedType(p: Parser): TypeExpr {
  const { start } = p;
  const name = p.name('a type', typeHelp(p));
  const args: TypeExpr[] = [];
  if (p.kind === Token.LeftBracket) p.fail('`<` before type arguments', bracketHelp(p, name));
  if (p.take(Token.Less)) {
    do args.push(parseType(p));
    while (p.take(Token.Comma));
    expectClosingAngle(p);
  }
  return { kind: 'named', name, args, start, end: p.end };
}

function expectClosingAngle(p: Parser): void {
  if (p.kind === Token.GreaterEqual) p.fail('`>`', 'Write a space between `>` and `=`.');
  p.expect(Token.Greater, '`,` or `>` in the type arguments');
}

function parseFunctionType(p: Parser): TypeExpr {
  const { start } = p;
  p.parens++;
  p.advance();
  const params: TypeExpr[] = [];
  while (p.kind !== Token.RightParen) {
    params.push(parseType(p));
    if (!p.take(Token.Comma)) break;
  }
  p.expect(Token.RightParen, '`,` or `)` in the parameter types');
  p.parens--;
  p.expect(
    Token.Arrow,
    '`->` after the parameter types of a function type',
    'There are no tuples: declare a record, `type Pair = { a: Int64, b: String }`.',
  );
  const result = parseType(p);
  return { kind: 'function', params, result, start, end: p.end };
}

function bracketHelp(p: Parser, { text }: Name): string {
  if (p.peek(1) === Token.RightBracket) return `Write \`List<${text}>\`.`;
  return `Write \`${text}<${p.peek(1) === Token.Identifier ? p.tokens.textOf(p.at + 1) : 'Int64'}>\`.`;
}

function typeHelp(p: Parser): string | undefined {
  if (p.kind === Token.LeftBrace) return 'A record type is declared and named: `type Point = { x: Int64, y: Int64 }`.';
  if (p.kind === Token.LeftBracket) return 'Write `List<Int64>`.';
  if (p.kind === Token.Function) return 'A function type is `(Int64) -> String`.';
  if (p.kind === Token.Bar) return 'A union is declared and named: `type Shape = | Circle(radius: Float64) | Dot`.';
  return undefined;
}
