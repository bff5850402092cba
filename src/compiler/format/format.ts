import { Reporter } from '../diagnostics/reporter.ts';
import { SourceFile } from '../source/source-file.ts';
import { tokenize } from '../syntax/lexer.ts';
import { parseModule } from '../syntax/parse-module.ts';
import { DocPrinter } from './print-doc.ts';
import { Emitter } from './emitter.ts';
import { formatDeclaration, formatImport } from './format-declaration.ts';

/**
 * Sets a file in the style of Clarity: two spaces, 100 columns, an item a line where it does not fit. What was written on several lines
 * stays so (blocks, arms, records, variants), at most one empty line stays between items, every token and every comment stays in its place:
 * `formatSource(formatSource(text))` is `formatSource(text)`. Undefined where the text does not parse: it is left alone.
 */
export function formatSource(text: string): string | undefined {
  const report = new Reporter();
  const module = parseModule(new SourceFile('', text), report);
  if (report.errors > 0) return undefined;
  const e = new Emitter(tokenize(text).tokens);
  const printer = new DocPrinter();
  printer.print(e.word());
  printer.print(e.token());
  const items = [...module.imports, ...module.declarations].sort((a, b) => a.start - b.start);
  for (const item of items) {
    printer.print(e.separator());
    printer.print('names' in item && 'specifier' in item ? formatImport(e, item) : formatDeclaration(e, item));
  }
  if (e.hasComment()) {
    printer.print(e.separator());
    printer.print(e.comments());
  }
  return printer.finish();
}
