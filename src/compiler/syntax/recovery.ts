import type { Parser } from './parser.ts';
import { Token } from './token.ts';

/** Brackets of the region that were open where it failed. */
interface Open {
  readonly braces: number;
  readonly parens: number;
}

/** Words that go on behind the `}` of a statement of other languages. */
const CONTINUATIONS: ReadonlySet<string> = new Set(['else', 'elif', 'elseif', 'catch', 'finally']);

/**
 * Skips to the `;` that ends a broken statement or to the `}` of its block, and takes neither. A `}` that closes all that the statement
 * had opened ends it too, where the next line begins something new: `if x { … }` of other languages has no `;`.
 */
export function skipStatement(p: Parser, { braces, parens }: Open, first: number): void {
  let open = braces;
  if (p.tokens.textOf(first) === 'for') skipLoopHead(p, parens);
  for (;;) {
    if (p.kind === Token.EndOfFile || p.isDeclarationAtMargin()) return;
    if (p.kind === Token.LeftBrace) open++;
    else if (p.kind === Token.Semicolon && open <= 0) return;
    else if (p.kind === Token.RightBrace) {
      if (open <= 0) return;
      open--;
      if (open === 0 && endsForeignBlock(p)) {
        p.advance();
        return;
      }
    }
    p.advance();
  }
}

/** `for (a; b; c)`: these `;` end no statement. */
function skipLoopHead(p: Parser, parens: number): void {
  let open = parens;
  while (open > 0 && p.kind !== Token.EndOfFile && p.kind !== Token.LeftBrace && p.kind !== Token.RightBrace) {
    if (p.kind === Token.LeftParen) open++;
    else if (p.kind === Token.RightParen) open--;
    p.advance();
  }
}

function endsForeignBlock(p: Parser): boolean {
  return p.tokens.onNewLine(p.at + 1) && !CONTINUATIONS.has(p.tokens.textOf(p.at + 1));
}

/** Skips to the `,` or `}` behind a broken arm, and takes neither. */
export function skipArm(p: Parser, open: Open): void {
  let { braces, parens } = open;
  for (;;) {
    switch (p.kind) {
      case Token.EndOfFile:
        return;
      case Token.LeftBrace:
        braces++;
        break;
      case Token.RightBrace:
        if (braces <= 0) return;
        braces--;
        break;
      case Token.LeftParen:
      case Token.LeftBracket:
        parens++;
        break;
      case Token.RightParen:
      case Token.RightBracket:
        parens--;
        break;
      case Token.Comma:
        if (braces <= 0 && parens <= 0) return;
        break;
      default:
        if (p.isDeclarationAtMargin()) return;
    }
    p.advance();
  }
}

/** Skips to the next declaration (language.md §8.2): its keyword in the first column, or anywhere outside of braces. */
export function skipToDeclaration(p: Parser, { braces }: Open): void {
  let open = braces;
  while (p.kind !== Token.EndOfFile) {
    if (p.isDeclarationAtMargin() || (open <= 0 && beginsDeclaration(p))) return;
    if (p.kind === Token.LeftBrace) open++;
    else if (p.kind === Token.RightBrace) open--;
    p.advance();
  }
}

/** A `let` or a word such as `class` in the first column is a mistake of its own. */
function beginsDeclaration(p: Parser): boolean {
  if (p.isDeclarationWord()) return true;
  return (p.kind === Token.Let || p.isForeignWord(p.at)) && p.tokens.atMargin(p.at);
}

/** After a broken head of a function: skips to the `{` of its body. False where there is none before the next declaration. */
export function skipToBody(p: Parser, { parens }: Open): boolean {
  let open = parens;
  let records = 0;
  for (;;) {
    if (p.kind === Token.EndOfFile || p.kind === Token.Semicolon || p.isDeclarationAtMargin()) return false;
    if (p.kind === Token.LeftBrace) {
      const record = (open > 0 || isInType(p)) && p.peek(1) === Token.Identifier && p.peek(2) === Token.Colon;
      if (!record && records <= 0) return true;
      records++;
    } else if (p.kind === Token.RightBrace) records--;
    else if (p.kind === Token.LeftParen) open++;
    else if (p.kind === Token.RightParen) open--;
    p.advance();
  }
}

/** `-> { a: A }`, `List<{ a: A }>`: a record type without a name, not the body. */
function isInType(p: Parser): boolean {
  const before = p.tokens.kind(p.at - 1);
  return before === Token.Arrow || before === Token.Less;
}
