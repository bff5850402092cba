import type { Reporter } from '../diagnostics/reporter.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Declaration, Import, Module } from './ast.ts';
import { docAtTop } from './doc-comments.ts';
import { tokenize } from './lexer.ts';
import { parseDeclaration } from './parse-declaration.ts';
import { Parser } from './parser.ts';
import { Token } from './token.ts';

/** Largest source text in UTF-16 units. */
export const MAX_SOURCE = 4 * 1024 * 1024;

/**
 * Reads one file (language.md §1 and §2). Always answers a module: what does not parse is reported and stands in it as a broken
 * declaration or an `error` expression. No tree is higher than `MAX_DEPTH`.
 */
export function parseModule(source: SourceFile, report: Reporter): Module {
  const imports: Import[] = [];
  const declarations: Declaration[] = [];
  if (source.text.length > MAX_SOURCE) {
    const message = `The file is larger than ${MAX_SOURCE} characters.`;
    report.report('too-large', source, { start: 0, end: 0 }, message, 'Split it into modules.');
    return { source, name: '', imports, declarations };
  }
  const { tokens, problems } = tokenize(source.text);
  for (const problem of problems) report.report('parse', source, problem, problem.message, problem.help);
  const p = new Parser(source, tokens, report, new Set(problems.map(({ start }) => start)));
  const doc = docAtTop(tokens);
  let name = parseHeader(p);
  const braced = takeBrace(p);
  while (p.kind !== Token.EndOfFile) {
    if (p.kind === Token.Semicolon) straySemicolon(p);
    else if (name === '' && p.kind === Token.Module) name = parseHeader(p);
    else if (braced && p.kind === Token.RightBrace && p.peek(1) === Token.EndOfFile) p.advance();
    else parseDeclaration(p, imports, declarations);
  }
  return { source, name, imports, declarations, ...(doc === undefined ? {} : { doc }) };
}

/** `module A { … }` of other languages. */
function takeBrace(p: Parser): boolean {
  if (p.kind !== Token.LeftBrace) return false;
  p.missing('a declaration', 'A module has no braces: all of the file belongs to it.');
  p.advance();
  return true;
}

/** `module Name`. Without it the declarations are read all the same. */
function parseHeader(p: Parser): string {
  if (p.kind !== Token.Module) {
    p.missing('`module` and the name of the module', 'The first line of a file is `module Name`.');
    return '';
  }
  p.advance();
  if (p.peek(0) !== Token.Identifier) {
    p.missing('the name of the module', 'The first line of a file is `module Name`.');
    return '';
  }
  const name = p.name('the name of the module').text;
  if (p.peek(0) === Token.Semicolon) {
    p.complain(p.at, 'No `;` stands behind the name of the module.', 'Remove the `;`.');
    p.advance();
  }
  return name;
}

function straySemicolon(p: Parser): void {
  p.missing('a declaration', 'Only a `const` ends with `;`: remove it.');
  p.advance();
}
