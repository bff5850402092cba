import type { Argument, BinaryOperator, Expr } from './ast.ts';
import { parsePrimary } from './parse-primary.ts';
import type { Parser } from './parser.ts';
import { Token } from './token.ts';

/** Binding strength and text by kind of token (language.md §2, all left associative); 0 is no operator. */
const PRECEDENCE = new Uint8Array(64);
const OPERATORS: (BinaryOperator | undefined)[] = new Array<undefined>(64).fill(undefined);
const LEVELS: readonly (readonly [Token, BinaryOperator])[][] = [
  [[Token.Or, 'or']],
  [[Token.And, 'and']],
  [
    [Token.EqualEqual, '=='],
    [Token.NotEqual, '!='],
  ],
  [
    [Token.Less, '<'],
    [Token.Greater, '>'],
    [Token.LessEqual, '<='],
    [Token.GreaterEqual, '>='],
  ],
  [
    [Token.Plus, '+'],
    [Token.Minus, '-'],
    [Token.PlusPlus, '++'],
  ],
  [
    [Token.Star, '*'],
    [Token.Slash, '/'],
    [Token.Percent, '%'],
  ],
];
LEVELS.forEach((level, index) => {
  for (const [token, operator] of level) {
    PRECEDENCE[token] = index + 1;
    OPERATORS[token] = operator;
  }
});

/** `expr` of language.md §2. */
export function parseExpression(p: Parser): Expr {
  p.enter();
  const expression = parseBinary(p, 1);
  p.depth--;
  return expression;
}

/** Precedence climbing: operators that bind at least as strongly as `weakest`. */
function parseBinary(p: Parser, weakest: number): Expr {
  const outer = p.deepest;
  p.deepest = p.depth;
  const { start } = p;
  let left = parseUnary(p);
  for (;;) {
    const operator = OPERATORS[p.kind];
    if (operator === undefined) {
      if (p.kind !== Token.Bar || !takeDoubleBar(p, weakest)) break;
      left = parseRight(p, start, left, 'or', 1);
    } else {
      const precedence = PRECEDENCE[p.kind] ?? 0;
      if (precedence < weakest) break;
      p.advance();
      left = parseRight(p, start, left, operator, precedence);
    }
  }
  if (outer > p.deepest) p.deepest = outer;
  return left;
}

function parseRight(p: Parser, start: number, left: Expr, operator: BinaryOperator, precedence: number): Expr {
  p.link();
  p.enter();
  const right = parseBinary(p, precedence + 1);
  p.depth--;
  return { kind: 'binary', operator, left, right, start, end: p.end };
}

/** `a || b`, as other languages write `or`: here it can be nothing else. */
function takeDoubleBar(p: Parser, weakest: number): boolean {
  const double = p.peek(1) === Token.Bar && p.tokens.end(p.at) === p.tokens.start(p.at + 1);
  if (!double || weakest > 1) return false;
  p.complain(p.at, '`||` is no operator of Clarity.', 'Write `or`: `a or b`.');
  p.advance();
  p.advance();
  return true;
}

function parseUnary(p: Parser): Expr {
  if (p.kind !== Token.Minus && p.kind !== Token.Not) return parsePostfix(p);
  const { start } = p;
  const operator = p.kind === Token.Minus ? '-' : '!';
  p.advance();
  p.enter();
  const operand = parseUnary(p);
  p.depth--;
  return { kind: 'unary', operator, operand, start, end: p.end };
}

function parsePostfix(p: Parser): Expr {
  const outer = p.deepest;
  p.deepest = p.depth;
  const { start } = p;
  let expression = parsePrimary(p);
  for (;;) {
    if (p.kind === Token.LeftParen) expression = parseCall(p, start, expression);
    else if (p.kind === Token.Dot) expression = parseMember(p, start, expression);
    else if (p.kind === Token.LeftBracket && p.tokens.end(p.at - 1) === p.tokens.start(p.at))
      p.fail('the end of the expression or an operator', indexHelp(p, expression));
    else break;
  }
  if (outer > p.deepest) p.deepest = outer;
  return expression;
}

/** `xs[0]`, `m["key"]`: the call to write instead. */
function indexHelp(p: Parser, { start, end }: Expr): string {
  const object = end - start > 40 ? 'xs' : p.source.text.slice(start, end);
  if (p.peek(1) === Token.String)
    return `There is no indexing: the value of a key is \`map_get(${object}, key)\`, an Option.`;
  return `There is no indexing: the element at i is \`nth(${object}, i)\`, of a text \`char_at(${object}, i)\`.`;
}

function parseMember(p: Parser, start: number, object: Expr): Expr {
  p.link();
  p.advance();
  const help =
    object.kind === 'int' ? `A Float64 has digits on both sides of its dot: \`${object.value}.0\`.` : undefined;
  const member = p.name('the name of a field after `.`', help);
  return { kind: 'member', object, member, start, end: p.end };
}

function parseCall(p: Parser, start: number, callee: Expr): Expr {
  p.link();
  p.parens++;
  p.advance();
  const args: Argument[] = [];
  while (p.kind !== Token.RightParen) {
    args.push(parseArgument(p));
    if (!p.take(Token.Comma)) break;
  }
  p.expect(Token.RightParen, '`,` or `)` in the arguments', argumentHelp(p, callee));
  p.parens--;
  return { kind: 'call', callee, args, start, end: p.end };
}

function parseArgument(p: Parser): Argument {
  const { start } = p;
  if (p.kind !== Token.Identifier || p.peek(1) !== Token.Colon) {
    const value = parseExpression(p);
    return { value, start, end: p.end };
  }
  const name = p.name('a name');
  p.advance();
  const value = parseExpression(p);
  return { name, value, start, end: p.end };
}

function argumentHelp(p: Parser, callee: Expr): string | undefined {
  if (p.kind === Token.Semicolon || p.kind === Token.RightBrace) return 'Close the call with `)`.';
  if (p.kind === Token.Arrow) return 'A lambda is `|x: Int64| x + 1`.';
  if (callee.kind === 'name' && callee.name === 'for') return 'There are no loops: write a function that calls itself.';
  return undefined;
}
