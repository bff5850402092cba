import type { AliasDefinition, Field, Name, RecordDefinition, TypeDecl, UnionDefinition, Variant } from './ast.ts';
import { docAbove } from './doc-comments.ts';
import { parseType } from './parse-type.ts';
import type { Parser } from './parser.ts';
import { Token } from './token.ts';

/** What a declaration has got in front of its keyword. */
export interface DeclarationHead {
  readonly start: number;
  readonly exported: boolean;
  readonly doc?: string;
}

/** `typeDecl` of language.md §2. `names` gets what it defines as soon as it is known. */
export function parseTypeDeclaration(p: Parser, head: DeclarationHead, names: string[]): TypeDecl {
  p.advance();
  const name = p.name('the name of the type');
  names.push(name.text);
  const typeParams = parseTypeParams(p);
  p.expect(Token.Equal, '`=` and the definition of the type', typeHeadHelp(p, name));
  const definition = parseDefinition(p, names);
  return { kind: 'type', ...head, name, typeParams, definition, end: p.end };
}

function parseDefinition(p: Parser, names: string[]): TypeDecl['definition'] {
  if (p.kind === Token.LeftBrace) return parseRecordType(p);
  if (p.kind === Token.Bar) return parseUnionType(p, names);
  return parseAlias(p, names);
}

/** `typeParams` of language.md §2; none where there is no `<`. */
export function parseTypeParams(p: Parser): Name[] {
  const names: Name[] = [];
  if (!p.take(Token.Less)) return names;
  do {
    names.push(p.name('a type parameter'));
    if (p.kind === Token.Colon)
      p.fail('`,` or `>`', 'Type parameters have no bounds: pass the functions that you need as arguments.');
  } while (p.take(Token.Comma) && p.kind !== Token.Greater);
  p.expect(Token.Greater, '`,` or `>` in the type parameters');
  return names;
}

function parseRecordType(p: Parser): RecordDefinition {
  const { start } = p;
  p.braces++;
  const fields = parseFields(p, Token.RightBrace, '`,` or `}` after the field');
  p.braces--;
  return { kind: 'record', fields, start, end: p.end };
}

function parseUnionType(p: Parser, names: string[]): UnionDefinition {
  const { start } = p;
  const variants: Variant[] = [];
  while (p.kind === Token.Bar) variants.push(parseVariant(p, names));
  return { kind: 'union', variants, start, end: p.end };
}

function parseVariant(p: Parser, names: string[]): Variant {
  const doc = docAbove(p.tokens, p.at);
  p.advance();
  const name = p.name('the name of a variant');
  names.push(name.text);
  let fields: Field[] = [];
  if (p.kind === Token.LeftBrace) p.fail('`(` and the fields of the variant', `Write \`${name.text}(name: Type)\`.`);
  if (p.kind === Token.LeftParen) {
    p.parens++;
    fields = parseFields(p, Token.RightParen, '`,` or `)` after the field');
    p.parens--;
  }
  return { name, fields, ...(doc === undefined ? {} : { doc }), start: name.start, end: p.end };
}

/** `field { "," field } [ "," ]` with the bracket before and the one behind. */
function parseFields(p: Parser, close: Token, expected: string): Field[] {
  const fields: Field[] = [];
  p.advance();
  while (p.kind !== close) {
    fields.push(parseField(p));
    if (!p.take(Token.Comma)) break;
  }
  p.expect(close, expected, p.kind === Token.Semicolon ? 'Fields are separated by `,`.' : undefined);
  return fields;
}

function parseField(p: Parser): Field {
  const doc = docAbove(p.tokens, p.at);
  const name = p.name('a field');
  p.expect(Token.Colon, `\`:\` and the type of the field \`${name.text}\``, fieldHelp(p, name));
  const type = parseType(p);
  return { name, type, ...(doc === undefined ? {} : { doc }), start: name.start, end: p.end };
}

function parseAlias(p: Parser, names: string[]): AliasDefinition {
  const { start } = p;
  const type = parseType(p);
  if (p.kind === Token.Bar) {
    if (type.kind === 'named') names.push(type.name.text);
    p.fail('the next declaration', 'A union begins with a bar: `type Color = | Red | Green`.');
  }
  return { kind: 'alias', type, start, end: p.end };
}

function typeHeadHelp(p: Parser, { text }: Name): string | undefined {
  if (p.kind === Token.LeftBrace) return `Write \`type ${text} = { … }\`.`;
  if (p.kind === Token.Bar) return `Write \`type ${text} = | … | …\`.`;
  if (p.kind === Token.LeftBracket) return `Type parameters stand in angle brackets: \`type ${text}<T> = …\`.`;
  return undefined;
}

function fieldHelp(p: Parser, { text }: Name): string {
  if (p.kind === Token.RightParen || p.kind === Token.Comma || p.kind === Token.Less) {
    return `The fields of a variant have names: \`(value: ${text})\`.`;
  }
  return `Write \`${text}: Int64\`.`;
}
