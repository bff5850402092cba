import type { LiteralPattern, Name, Pattern, VariantPattern } from './ast.ts';
import { parseLiteral } from './parse-literal.ts';
import type { Parser } from './parser.ts';
import { Token } from './token.ts';

const A = 65;
const Z = 90;

/** `pattern` of language.md §2. */
export function parsePattern(p: Parser): Pattern {
  p.enter();
  const pattern = parseBarePattern(p);
  p.depth--;
  return pattern;
}

function parseBarePattern(p: Parser): Pattern {
  const { start } = p;
  switch (p.kind) {
    case Token.Underscore:
      p.advance();
      return { kind: 'wildcard', start, end: p.end };
    case Token.Integer:
      return p.peek(1) === Token.DotDot ? parseRange(p) : parseLiteralPattern(p);
    case Token.Float:
    case Token.String:
    case Token.TripleString:
    case Token.True:
    case Token.False:
      return parseLiteralPattern(p);
    case Token.Identifier:
      return parseNamePattern(p);
    case Token.Error:
      p.advance();
      return { kind: 'error', start, end: p.end };
    default:
      return p.fail('a pattern', patternHelp(p));
  }
}

function parseLiteralPattern(p: Parser): LiteralPattern {
  const value = parseLiteral(p);
  return { kind: 'literal', value, start: value.start, end: value.end };
}

function parseRange(p: Parser): Pattern {
  const { start } = p;
  const from = parseLiteral(p);
  p.advance();
  if (p.kind !== Token.Integer)
    p.fail('the integer that ends the range', 'A range has two ends: `1..9`. For the rest use a guard: `n if n > 9`.');
  const to = parseLiteral(p);
  return { kind: 'range', from: integer(from), to: integer(to), start, end: p.end };
}

function integer(literal: LiteralPattern['value']): bigint {
  return literal.kind === 'int' ? literal.value : 0n;
}

function parseNamePattern(p: Parser): Pattern {
  const { start } = p;
  const name = p.name('a name');
  if (p.kind === Token.LeftParen) return parseVariantPattern(p, name);
  const first = name.text.charCodeAt(0);
  if (first < A || first > Z) return { kind: 'bind', name: name.text, start, end: p.end };
  return { kind: 'variant', name, parenthesised: false, fields: [], start, end: p.end };
}

function parseVariantPattern(p: Parser, name: Name): Pattern {
  const fields: VariantPattern['fields'][number][] = [];
  p.parens++;
  p.advance();
  while (p.kind !== Token.RightParen) {
    if (p.kind === Token.Identifier && p.peek(1) === Token.Colon) {
      const field = p.name('a field');
      p.advance();
      fields.push({ name: field, pattern: parsePattern(p) });
    } else fields.push({ pattern: parsePattern(p) });
    if (!p.take(Token.Comma)) break;
  }
  p.expect(Token.RightParen, '`,` or `)` in the pattern');
  p.parens--;
  return { kind: 'variant', name, parenthesised: true, fields, start: name.start, end: p.end };
}

function patternHelp(p: Parser): string | undefined {
  switch (p.kind) {
    case Token.Minus:
      return 'There are no negative patterns. Use a guard: `n if n == -1 -> …`.';
    case Token.StringHead:
      return 'The string of a pattern has no interpolation. Use a guard: `s if s == text -> …`.';
    case Token.LeftBrace:
      return 'There are no record patterns. Bind the record and read its fields: `r if r.x == 0 -> …`.';
    case Token.LeftBracket:
      return 'There are no list patterns. Match on `is_empty(xs)` or `list_length(xs)`, and use `head`, `tail` and `nth`.';
    case Token.LeftParen:
      return 'There are no tuples: match on one value, and match on the next one inside of the arm.';
    case Token.Bar:
      return 'Arms have no leading `|`: `match x { A -> 1, B -> 2 }`.';
    case Token.Less:
    case Token.Greater:
    case Token.LessEqual:
    case Token.GreaterEqual:
      return 'Use a guard: `n if n < 10 -> …`.';
    case Token.DotDot:
      return 'A range has two ends: `1..9`. For the rest use a guard: `n if n < 1 -> …`.';
    default:
      return undefined;
  }
}
