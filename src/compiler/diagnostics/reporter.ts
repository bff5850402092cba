import type { SourceFile, Span } from '../source/source-file.ts';
import { KINDS, type DiagnosticKind } from './kinds.ts';

/** One finding about a Clarity text. */
export interface CompilerDiagnostic {
  readonly severity: 'error' | 'warning';
  readonly kind: DiagnosticKind;
  /** Stable: E306. */
  readonly code: string;
  readonly source: SourceFile;
  readonly span: Span;
  /** One or two sentences, the names of the program in backquotes. */
  readonly message: string;
  /** What to do: teaches the idiom of Clarity, names the exact text to write. */
  readonly help?: string;
}

/** Most findings that a compilation keeps: a broken file of any size gives a list of readable size. */
export const MAX_DIAGNOSTICS = 1_000;

/** The place of a finding, and where it stands among those of its file: by `order`, which is `start` unless it is given. */
export interface FindingSpan extends Span {
  readonly order?: number;
}

interface Kept {
  readonly finding: CompilerDiagnostic;
  readonly order: number;
}

/** Collects the findings of one compilation. Every phase gets the same one. */
export class Reporter {
  readonly #kept: Kept[] = [];
  #errors = 0;

  report(kind: DiagnosticKind, source: SourceFile, span: FindingSpan, message: string, help?: string): void {
    const { code, severity } = KINDS[kind];
    if (severity === 'error') this.#errors++;
    if (this.#kept.length >= MAX_DIAGNOSTICS) return;
    const { start, end, order = start } = span;
    const finding = { severity, kind, code, source, span: { start, end }, message };
    this.#kept.push({ finding: help === undefined ? finding : { ...finding, help }, order });
  }

  /** Errors so far, kept ones and others. */
  get errors(): number {
    return this.#errors;
  }

  /** Errors before warnings, files in the order in which they were first named in a report, inside a file by place. */
  sorted(): readonly CompilerDiagnostic[] {
    const files = new Map<SourceFile, number>();
    for (const { finding } of this.#kept) if (!files.has(finding.source)) files.set(finding.source, files.size);
    const weight = ({ finding }: Kept) => (finding.severity === 'error' ? 0 : 1);
    const file = ({ finding }: Kept) => files.get(finding.source) ?? 0;
    return this.#kept
      .toSorted((a, b) => weight(a) - weight(b) || file(a) - file(b) || a.order - b.order)
      .map(({ finding }) => finding);
  }
}
