import { relative, isAbsolute, sep } from 'node:path';
import { codeFrame } from '../compiler/diagnostics/code-frame.ts';
import type { CompilerDiagnostic } from '../compiler/diagnostics/reporter.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import { printable } from '../shared/text.ts';

/** Characters of a message: the names in it come out of the source. */
const MAX_TEXT = 2000;

/** A finding of the compiler as the runtime shows them: columns in code points, the text with its code frame. `workspace` is canonical. */
export function presentDiagnostic(finding: CompilerDiagnostic, name: string, workspace: string): Diagnostic {
  const { severity, code, source, span } = finding;
  const place = source.position(span.start);
  const file = displayPath(workspace, source.path);
  const { line } = place;
  const column = codePoints(source.text, span.start - (place.column - 1), place.column - 1) + 1;
  const message = bounded(finding.message);
  const help = finding.help === undefined ? undefined : bounded(finding.help);
  const frame = codeFrame(source, span);
  const gutter = Math.max(3, String(line).length + 1);
  const rows = [
    `${severity}[${code}] ${printable(file)}:${String(line)}:${String(column)}`,
    ...message.split('\n').map((row) => `  ${row}`),
    `>${String(line).padStart(gutter)} | ${frame.code}`.trimEnd(),
    `${' '.repeat(gutter + 2)}| ${frame.marks}`,
    ...(help === undefined ? [] : [`  ${help}`]),
  ];
  const plain = { severity, code, name, file, line, column, message, text: rows.join('\n') };
  return help === undefined ? plain : { ...plain, help };
}

/** A canonical path as a person in the workspace writes it: relative where it lies inside, else absolute. */
function displayPath(workspace: string, path: string): string {
  const way = relative(workspace, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
}

function codePoints(text: string, from: number, units: number): number {
  let count = 0;
  for (let at = from; at < from + units; at++) {
    const unit = text.charCodeAt(at);
    // The second half of a pair.
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}

function bounded(text: string): string {
  const safe = printable(text);
  return safe.length <= MAX_TEXT ? safe : `${safe.slice(0, MAX_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
