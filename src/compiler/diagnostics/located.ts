import type { SourceFile, Span } from '../source/source-file.ts';

/** What can be shown with its place in a source: a diagnostic of the compiler, or a warning of the linter. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly kind: string;
  readonly source: SourceFile;
  readonly span: Span;
  readonly message: string;
  readonly help?: string;
}

/** A finding with its place as a person reads it: the stable shape of `--format json` (docs/reference/clarityc.md). */
export interface LocatedDiagnostic {
  readonly severity: 'error' | 'warning';
  /** E306. */
  readonly code: string;
  /** arg-type. */
  readonly kind: string;
  readonly file: string;
  /** 1-based; columns in UTF-16 units, the end exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly help?: string;
}

/** Gives a finding its place. `file` is how the person who reads it names the source. */
export function locate(finding: Finding, file: string): LocatedDiagnostic {
  const { severity, code, kind, source, span, message, help } = finding;
  const start = source.position(span.start);
  const end = source.position(Math.max(span.start, span.end));
  return {
    severity,
    code,
    kind,
    file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    message,
    ...(help === undefined ? {} : { help }),
  };
}
