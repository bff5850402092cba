import type { Span } from '../source/source-file.ts';

export type LintRule =
  'unused-import' | 'unused-function' | 'unused-constant' | 'unused-type' | 'unused-variable' | 'unused-assignment';

/** Something in a module that has no effect. */
export interface LintWarning {
  readonly rule: LintRule;
  /** Of the name. */
  readonly span: Span;
  readonly message: string;
  readonly help: string;
}
