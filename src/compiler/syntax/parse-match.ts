import type { MatchArm, MatchExpr, Pattern } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import { parsePattern } from './parse-pattern.ts';
import type { Parser } from './parser.ts';
import { skipArm } from './recovery.ts';
import { Token } from './token.ts';

/** `match` of language.md §2; the commas between arms are optional. */
export function parseMatch(p: Parser): MatchExpr {
  const { start } = p;
  p.advance();
  const scrutinee = parseExpression(p);
  p.expect(Token.LeftBrace, '`{` and the arms of the match', 'Write `match x { pattern -> value, _ -> value }`.');
  p.braces++;
  const arms: MatchArm[] = [];
  while (p.kind !== Token.RightBrace) {
    if (p.kind === Token.EndOfFile || p.isDeclarationAtMargin()) p.fail('`}` after the arms of the match');
    arms.push(parseArm(p));
    p.take(Token.Comma);
  }
  p.braces--;
  p.advance();
  return { kind: 'match', scrutinee, arms, start, end: p.end };
}

function parseArm(p: Parser): MatchArm {
  const { start } = p;
  const region = p.region();
  let pattern: Pattern | undefined;
  try {
    pattern = parsePattern(p);
    const guard = p.take(Token.If) ? parseExpression(p) : undefined;
    p.expect(Token.Arrow, guard === undefined ? '`->` after the pattern' : '`->` after the guard', arrowHelp(p));
    const body = parseExpression(p);
    if (!canFollowArm(p)) p.fail('`,` or `}` after the arm', armEndHelp(p));
    if (guard === undefined) return { pattern, body, start, end: p.end };
    return { pattern, guard, body, start, end: p.end };
  } catch (caught) {
    skipArm(p, p.settle(caught, region));
    // An arm that begins with a `,` takes no token, and the last one ends before it.
    const nothing = { kind: 'error', start, end: Math.max(p.end, start) } as const;
    return { pattern: pattern ?? nothing, body: nothing, start, end: nothing.end };
  }
}

/** A comma, the end, or the first token of the next pattern; a slip in that pattern is told by the next arm. */
function canFollowArm(p: Parser): boolean {
  switch (p.kind) {
    case Token.Comma:
    case Token.RightBrace:
      return true;
    case Token.Underscore:
    case Token.Identifier:
    case Token.Integer:
    case Token.Float:
    case Token.String:
    case Token.TripleString:
    case Token.True:
    case Token.False:
      return p.tokens.onNewLine(p.at) || !p.isForeignWord(p.at - 1);
    default:
      return false;
  }
}

function arrowHelp(p: Parser): string | undefined {
  switch (p.kind) {
    case Token.Bar:
    case Token.Comma:
      return 'There are no or-patterns: write one arm for each.';
    case Token.Colon:
      return 'An arm is `pattern -> value`.';
    case Token.Dot:
      return 'A variant stands by its name alone: `Red`, not `Color.Red`.';
    case Token.LeftBrace:
      return 'Fields of a variant stand in parentheses: `Circle(radius)`.';
    default:
      return undefined;
  }
}

function armEndHelp(p: Parser): string | undefined {
  if (p.kind === Token.Semicolon)
    return 'Arms end with `,`. Several statements stand in a block: `A -> { f(x); g(x) },`.';
  if (p.kind === Token.Bar) return 'Arms have no leading `|`: `match x { A -> 1, B -> 2 }`.';
  if (p.kind === Token.Arrow)
    return 'Put a `,` between the arms; there are no negative patterns, use a guard: `n if n == -1 -> …`.';
  return undefined;
}
