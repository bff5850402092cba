import { printable } from '../../shared/text.ts';
import { codeFrame } from './code-frame.ts';
import { locate, type Finding } from './located.ts';

/** How parts of a rendered finding are coloured; each gives the text back, with or without escapes. */
export interface DiagnosticPaint {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly bold: (text: string) => string;
}

const same = (text: string) => text;
const PLAIN: DiagnosticPaint = { red: same, yellow: same, cyan: same, bold: same };

/** A finding as a person reads it (language.md §8), safe for a terminal, without a line feed at the end. */
export function renderDiagnostic(finding: Finding, file: string, paint: DiagnosticPaint = PLAIN): string {
  const { severity, code, message, help, line, column } = locate(finding, file);
  const frame = codeFrame(finding.source, finding.span);
  const tint = severity === 'error' ? paint.red : paint.yellow;
  const gutter = ' '.repeat(String(line).length);
  const bar = paint.cyan('|');
  const rows = [
    `${paint.bold(tint(`${severity}[${code}]`))}${paint.bold(`: ${hang(message, 2)}`)}`,
    `${gutter}${paint.cyan('-->')} ${printable(file)}:${String(line)}:${String(column)}`,
    `${gutter} ${bar}`,
    `${paint.cyan(String(line))} ${bar} ${frame.code}`.trimEnd(),
    `${gutter} ${bar} ${tint(frame.marks)}`,
  ];
  if (help !== undefined)
    rows.push(`${gutter} ${paint.cyan('=')} ${paint.bold('help:')} ${hang(help, gutter.length + 9)}`);
  return rows.join('\n');
}

/** `2 errors, 1 warning`; empty where there is nothing. */
export function countFindings(diagnostics: readonly { readonly severity: 'error' | 'warning' }[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const counts = [count(errors, 'error'), count(diagnostics.length - errors, 'warning')];
  return counts.filter((text) => text !== '').join(', ');
}

/** Safe for a terminal; further lines stand below the first. */
function hang(text: string, columns: number): string {
  return printable(text).replaceAll('\n', `\n${' '.repeat(columns)}`);
}

function count(amount: number, noun: string): string {
  return amount === 0 ? '' : `${String(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}
