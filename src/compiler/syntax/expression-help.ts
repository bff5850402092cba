import type { Parser } from './parser.ts';
import { Token } from './token.ts';

/** Whether an expression can begin with a token of the kind. */
export function beginsExpression(kind: Token): boolean {
  switch (kind) {
    case Token.Identifier:
    case Token.Integer:
    case Token.Float:
    case Token.String:
    case Token.TripleString:
    case Token.StringHead:
    case Token.True:
    case Token.False:
    case Token.Let:
    case Token.Match:
    case Token.If:
    case Token.LeftBrace:
    case Token.Not:
    case Token.Function:
    case Token.Const:
      return true;
    default:
      return false;
  }
}

/** What to write where an expression was expected and another token stands. */
export function expressionHelp(p: Parser): string | undefined {
  const before = p.tokens.kind(p.at - 1);
  switch (p.kind) {
    case Token.If:
      return 'There is no `if` expression: write `match condition { True -> a, False -> b }`.';
    case Token.Const:
      return 'Inside of a function write `let x = 1;`; constants stand at the top level.';
    case Token.Mut:
      return 'Write `let mut x = 1;`.';
    case Token.Function:
      return 'A function stands at the top level; here write a lambda: `let f = |x: Int64| x + 1;`.';
    case Token.Type:
    case Token.Import:
    case Token.Export:
    case Token.Effect:
      return 'Declarations stand at the top level of the file.';
    case Token.Underscore:
      return '`_` is a pattern, not a value.';
    case Token.Dot:
      return 'A Float64 has digits on both sides of its dot: `0.5`.';
    case Token.DotDot:
      return 'Ranges are patterns only, and records have no update syntax: write every field.';
    case Token.Plus:
      return 'There is no unary `+`.';
    case Token.Less:
      return 'Type arguments are inferred: write `f(x)`.';
    case Token.Semicolon:
      if (before === Token.PlusPlus)
        return 'There is no increment, and an operator needs a value behind it: write `x = x + 1;` for a variable made with `let mut`.';
      if (before === Token.Minus)
        return 'There is no decrement: write `x = x - 1;` for a variable made with `let mut`.';
      if (before === Token.Semicolon || before === Token.LeftBrace)
        return 'Remove the `;`: there are no empty statements.';
      return undefined;
    default:
      return undefined;
  }
}
