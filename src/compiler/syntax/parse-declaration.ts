import type { ConstDecl, Declaration, Import, Name } from './ast.ts';
import { docAbove } from './doc-comments.ts';
import { slipOf } from './foreign-words.ts';
import { parseExpression } from './parse-expression.ts';
import { parseFunction } from './parse-function.ts';
import { parseTypeDeclaration, type DeclarationHead } from './parse-type-declaration.ts';
import { parseType } from './parse-type.ts';
import type { Parser } from './parser.ts';
import { skipToDeclaration } from './recovery.ts';
import { stringValue } from './string-value.ts';
import { Token } from './token.ts';

/** One `declaration` of language.md §2, put where it belongs; one that does not parse becomes a `BrokenDecl`. Takes at least one token. */
export function parseDeclaration(p: Parser, imports: Import[], declarations: Declaration[]): void {
  const region = p.region();
  const { start } = p;
  const names: string[] = [];
  const exported = p.kind === Token.Export;
  const doc = docAbove(p.tokens, p.at);
  const head = { start, exported, ...(doc === undefined ? {} : { doc }) };
  try {
    if (exported) p.advance();
    if (p.kind === Token.Import && !exported) {
      imports.push(parseImport(p, names));
      return;
    }
    const declaration = parseDefinition(p, head, names);
    if (declaration !== undefined) {
      declarations.push(declaration);
      return;
    }
  } catch (caught) {
    const open = p.settle(caught, region, true);
    const failed = p.at;
    if (failed === region.first) p.advance();
    skipToDeclaration(p, open);
    if (p.tokens.kind(region.first + (exported ? 1 : 0)) === Token.Type) addVariants(p, failed, names);
  }
  declarations.push({ kind: 'broken', ...head, names, end: p.end });
}

/** The variants that stand in the skipped rest of a union. */
function addVariants(p: Parser, failed: number, names: string[]): void {
  for (let index = failed; index < p.at; index++) {
    const isVariant = p.tokens.kind(index) === Token.Bar && p.tokens.kind(index + 1) === Token.Identifier;
    if (isVariant) names.push(p.tokens.textOf(index + 1));
  }
}

function parseDefinition(p: Parser, head: DeclarationHead, names: string[]): Declaration | undefined {
  switch (p.kind) {
    case Token.Type:
      return parseTypeDeclaration(p, head, names);
    case Token.Const:
      return parseConst(p, head, names);
    case Token.Function:
    case Token.Effect:
      return parseFunction(p, head, names);
    default:
      return noDeclaration(p, head, names);
  }
}

function parseImport(p: Parser, names: string[]): Import {
  const { start } = p;
  const imported: Name[] = [];
  p.advance();
  p.expect(Token.LeftBrace, '`{` and the names to import', 'Write `import { name } from "./file"`.');
  p.braces++;
  do {
    const name = p.name('a name to import');
    imported.push(name);
    names.push(name.text);
  } while (p.take(Token.Comma) && p.kind !== Token.RightBrace);
  p.expect(Token.RightBrace, '`,` or `}` in the import');
  p.braces--;
  p.expect(Token.From, '`from` and the path of the file');
  const specifierSpan = p.spanOf(p.at);
  p.expect(Token.String, 'the path of the file in double quotes', 'Write `from "./file"` or `from "std/list"`.');
  const specifier = stringValue(p.source.text.slice(specifierSpan.start + 1, specifierSpan.end - 1));
  return { names: imported, specifier, specifierSpan, start, end: p.end };
}

function parseConst(p: Parser, head: DeclarationHead, names: string[]): ConstDecl {
  p.advance();
  const name = p.name('the name of the constant');
  names.push(name.text);
  p.expect(Token.Colon, '`:` and the type of the constant', constantHelp(p, name));
  const type = parseType(p);
  p.expect(Token.Equal, '`=` and the value of the constant');
  const value = parseExpression(p);
  if (p.kind === Token.Semicolon) p.advance();
  else if (p.isDeclarationWord() || p.kind === Token.EndOfFile) p.missing('`;` after the value of the constant');
  else p.fail('`;` after the value of the constant');
  return { kind: 'const', ...head, name, type, value, end: p.end };
}

/** `const f = (x) => …` is a function. */
function constantHelp(p: Parser, { text }: Name): string {
  const value = p.peek(1);
  if (value === Token.LeftParen || value === Token.Bar)
    return `A function is \`function ${text}(x: Int64) -> Int64 { … }\`.`;
  return `Write \`const ${text}: Int64 = …;\`.`;
}

/** What begins no declaration: says what is meant instead, if it can be known. */
function noDeclaration(p: Parser, { exported }: DeclarationHead, names: string[]): never {
  const next = p.peek(1) === Token.Mut ? 2 : 1;
  if (p.kind === Token.Let && p.peek(next) === Token.Identifier) names.push(p.tokens.textOf(p.at + next));
  let word = p.at;
  while (slipOf(p.tokens, word) !== undefined) word++;
  if (word > p.at && p.tokens.kind(word) === Token.Identifier) names.push(p.tokens.textOf(word));
  const what = exported ? '`function`, `effect`, `type` or `const` after `export`' : 'a declaration';
  const list = exported && p.kind === Token.LeftBrace;
  return p.fail(what, list ? 'Write `export` in front of each declaration.' : declarationHelp(p));
}

function declarationHelp(p: Parser): string {
  switch (p.kind) {
    case Token.Let:
      return '`let` stands in functions only. A constant is `const x: Int64 = 1;`.';
    case Token.RightBrace:
      return 'There is one `}` too many.';
    case Token.Module:
      return 'A file holds one module: remove the line.';
    case Token.Import:
      return 'There is no re-export: import the name, and export a function of your own.';
    case Token.Export:
      return 'Write `export` once.';
    default:
      return 'A declaration begins with `import`, `export`, `function`, `effect`, `type` or `const`; expressions stand in functions.';
  }
}
