import type { Diagnostic } from '../shared/diagnostic.ts';
import { githubAnnotation } from '../shared/github-annotation.ts';
import type { JsonObject } from '../shared/json.ts';
import { sarifLog } from '../shared/sarif.ts';
import { printable } from '../shared/text.ts';
import type { SourceText } from './code-frame.ts';
import type { Finding } from './finding.ts';

/** Gives a finding its place in a file and its rendered text. `source` must be masked already. */
export function diagnose(finding: Finding, file: string, source: SourceText, name?: string): Diagnostic {
  const { severity, code, message, help, range } = finding;
  const { line, column } = source.position(range.from);
  const plain = { severity, code, ...(name === undefined ? {} : { name }), file, line, column, message };
  const full = help === undefined ? plain : { ...plain, help };
  return {
    ...full,
    text: [heading(full), ...message.split('\n').map(indent), ...source.frame(range), ...tail(help)].join('\n'),
  };
}

/**
 * The text for a terminal. `note` says what still runs ("The previous version (generation 4) keeps running."), `color` adds ANSI colours.
 */
export function renderDiagnostic(d: Diagnostic, options: { color?: boolean; note?: string } = {}): string {
  const { color = false, note } = options;
  const end = tail(d.help)
    .map((line) => `\n${line}`)
    .join('');
  const body = end !== '' && d.text.endsWith(end) ? d.text.slice(0, -end.length) : d.text;
  const last = [note, body === d.text ? undefined : d.help].filter((part) => part !== undefined).join('   ');
  const text = last === '' ? body : `${body}\n  ${last}`;
  return color ? colored(text, d.severity) : text;
}

/** The line that a workflow turns into an annotation. */
export function renderGithub(d: Diagnostic): string {
  return githubAnnotation(d);
}

/** A SARIF 2.1.0 log of all findings. */
export function toSarif(list: readonly Diagnostic[]): JsonObject {
  return sarifLog({ name: 'clarityctl', columnKind: 'unicodeCodePoints' }, list);
}

function heading(d: Omit<Diagnostic, 'text'>): string {
  return `${d.severity}[${d.code}] ${printable(d.file)}:${String(d.line)}:${String(d.column)}`;
}

function indent(line: string): string {
  return `  ${line}`;
}

function tail(help: string | undefined): string[] {
  return help === undefined ? [] : [indent(help)];
}

const ANSI = { error: '\u001b[31m', warning: '\u001b[33m', bold: '\u001b[1m', off: '\u001b[0m' };

function colored(text: string, severity: Diagnostic['severity']): string {
  const paint = ANSI[severity];
  return text
    .replace(/^\S+/, (word) => `${ANSI.bold}${paint}${word}${ANSI.off}`)
    .replace(/^>.*$/m, (row) => `${ANSI.bold}${row}${ANSI.off}`)
    .replace(/^( +\| +)(\^+)$/m, (_, gutter: string, marks: string) => `${gutter}${paint}${marks}${ANSI.off}`);
}
