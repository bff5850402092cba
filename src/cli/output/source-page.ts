import { oneLine } from '../../shared/text.ts';
import type { DiagnosticItem } from '../../wire/answers.ts';
import type { SourceItem } from '../../wire/types.ts';
import { commitFacts } from './commit-facts.ts';
import type { PageView } from './describe-page.ts';
import { renderFinding } from './diagnostics.ts';
import { paintWord } from './service-table.ts';
import { wrapText } from './wrap.ts';

/** What one page of `describe source/NAME` is made of. */
export interface SourcePage {
  readonly source: SourceItem;
  /** Of its files. */
  readonly diagnostics: readonly DiagnosticItem[];
}

/** The human page of one source, without a line feed at the end. */
export function renderSourcePage({ source, diagnostics }: SourcePage, { paint, width, now }: PageView): string {
  const { declared } = source;
  const facts: readonly (readonly [string, string])[] = [
    ['Name', source.name],
    ['Kind', source.kind],
    ['Location', source.path],
    ['Declared', declared === null ? 'by a flag' : `${declared.file}:${String(declared.line)} (${declared.source})`],
    ['Revision', source.revision],
    ...commitFacts(source, now),
    ['Ready', `${paintWord(source.ready, paint)} (${source.reason}): ${source.message}`],
    ['Documents', String(source.documents)],
    ['Errors', String(source.errors)],
  ];
  const lines = facts.map(([label, value]) => paint.dim(`${label}:`.padEnd(11)) + oneLine(value, 2000));
  const found = diagnostics.map((item) => renderFinding(item, paint)).join('\n\n');
  return wrapText([lines.join('\n'), ...(found === '' ? [] : [found])].join('\n\n'), width);
}
