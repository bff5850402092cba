import type { Diagnostic } from '../shared/diagnostic.ts';

/** What is wrong with a text, before lines and columns are known. */
export interface Finding {
  readonly severity: Diagnostic['severity'];
  /** PascalCase, as in Diagnostic. */
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  /** Offsets into the text in UTF-16 units; `to` is exclusive. */
  readonly range: Range;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}
