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

/** Collects the findings of one compilation. Every phase gets the same one. */
export class Reporter {
  readonly #findings: CompilerDiagnostic[] = [];
  #errors = 0;

  report(kind: DiagnosticKind, source: SourceFile, span: Span, message: string, help?: string): void {
    const { code, severity } = KINDS[kind];
    if (severity === 'error') this.#errors++;
    if (this.#findings.length >= MAX_DIAGNOSTICS) return;
    const { start, end } = span;
    this.#findings.push({
      severity,
      kind,
      code,
      source,
      span: { start, end },
      message,
      ...(help === undefined ? {} : { help }),
    });
  }

  /** Errors so far, kept ones and others. */
  get errors(): number {
    return this.#errors;
  }

  /** Errors before warnings, files in the order in which they were first named in a report, inside a file by place. */
  sorted(): readonly CompilerDiagnostic[] {
    const order = new Map<SourceFile, number>();
    for (const { source } of this.#findings) if (!order.has(source)) order.set(source, order.size);
    const weight = ({ severity }: CompilerDiagnostic) => (severity === 'error' ? 0 : 1);
    return this.#findings.toSorted(
      (a, b) =>
        weight(a) - weight(b) || (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0) || a.span.start - b.span.start,
    );
  }
}
