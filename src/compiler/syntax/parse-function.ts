import type { FunctionDecl, Name, Param } from './ast.ts';
import { parseBlock } from './parse-block.ts';
import { parseTypeParams, type DeclarationHead } from './parse-type-declaration.ts';
import { parseType } from './parse-type.ts';
import type { Parser, Region } from './parser.ts';
import { skipToBody } from './recovery.ts';
import { Token } from './token.ts';

type FunctionHead = Omit<FunctionDecl, 'kind' | 'body' | 'end'>;

/**
 * `funcDecl` of language.md §2; undefined where its head is broken: its body is then read for its own mistakes only.
 * `names` gets its name as soon as it is known.
 */
export function parseFunction(p: Parser, head: DeclarationHead, names: string[]): FunctionDecl | undefined {
  const region = p.region();
  const start = parseFunctionHead(p, head, names, region);
  if (start === undefined && p.kind !== Token.LeftBrace) {
    p.take(Token.Semicolon);
    return undefined;
  }
  const body = parseBlock(p);
  return start && { kind: 'function', ...start, body, end: p.end };
}

function parseFunctionHead(
  p: Parser,
  head: DeclarationHead,
  names: string[],
  region: Region,
): FunctionHead | undefined {
  try {
    const effectSpan = p.kind === Token.Effect ? p.spanOf(p.at) : undefined;
    const effects = effectSpan === undefined ? [] : parseEffects(p);
    p.expect(Token.Function, '`function`', effectHelp(p));
    const name = p.name('the name of the function');
    names.push(name.text);
    const typeParams = parseTypeParams(p);
    const params = parseParams(p);
    p.expect(Token.Arrow, '`->` and the result type', resultHelp(p));
    const result = parseType(p);
    if (p.kind !== Token.LeftBrace) p.fail('`{` and the body of the function', bodyHelp(p));
    return { ...head, name, effects, ...(effectSpan === undefined ? {} : { effectSpan }), typeParams, params, result };
  } catch (caught) {
    skipToBody(p, p.settle(caught, region));
    return undefined;
  }
}

/** `effect[A, B]`, without a trailing comma. */
function parseEffects(p: Parser): Name[] {
  const effects: Name[] = [];
  p.advance();
  p.expect(Token.LeftBracket, '`[` and the names of effects', 'Write `effect[Log] function …`.');
  do effects.push(p.name('the name of an effect'));
  while (p.take(Token.Comma));
  p.expect(Token.RightBracket, '`,` or `]` in the effects');
  return effects;
}

function parseParams(p: Parser): Param[] {
  const params: Param[] = [];
  p.expect(Token.LeftParen, '`(` and the parameters');
  p.parens++;
  while (p.kind !== Token.RightParen) {
    params.push(parseParam(p));
    if (!p.take(Token.Comma)) break;
  }
  p.expect(Token.RightParen, '`,` or `)` after the parameter', paramEndHelp(p));
  p.parens--;
  return params;
}

function parseParam(p: Parser): Param {
  const name = p.name(
    'a parameter',
    p.kind === Token.Mut ? 'Parameters cannot be assigned: `let mut y = x;`.' : undefined,
  );
  if (p.kind !== Token.Colon) p.fail(`\`:\` and the type of the parameter \`${name.text}\``, typeHelp(p, name));
  p.advance();
  const type = parseType(p);
  return { name, type, start: name.start, end: p.end };
}

/** `Int64 a` and `a Int64` of other languages. */
function typeHelp(p: Parser, { text }: Name): string {
  const next = p.kind === Token.Identifier ? p.tokens.textOf(p.at) : 'Int64';
  return /^[A-Z]/.test(text) ? `Write \`${next}: ${text}\`.` : `Write \`${text}: ${next}\`.`;
}

function effectHelp(p: Parser): string | undefined {
  return p.kind === Token.Export ? 'Write `export effect[Log] function …`.' : undefined;
}

function paramEndHelp(p: Parser): string | undefined {
  return p.kind === Token.Equal ? 'Parameters have no default values: give every argument in the call.' : undefined;
}

function resultHelp(p: Parser): string | undefined {
  if (p.kind === Token.LeftBrace) return 'A function that answers nothing has the result type Unit: `-> Unit {`.';
  if (p.kind === Token.Colon || p.kind === Token.Identifier)
    return 'The result type stands behind `->`: `function f(x: Int64) -> Int64 {`.';
  if (p.kind === Token.Equal) return 'Write `function f(x: Int64) -> Int64 { x + 1 }`.';
  if (p.kind === Token.Effect) return 'Effects stand in front: `effect[Log] function f() -> Unit {`.';
  return undefined;
}

function bodyHelp(p: Parser): string | undefined {
  if (p.kind === Token.Equal) return 'The body is a block: `{ x + 1 }`.';
  if (p.kind === Token.Effect) return 'Effects stand in front: `effect[Log] function f() -> Unit {`.';
  return undefined;
}
