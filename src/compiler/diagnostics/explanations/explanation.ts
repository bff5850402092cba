import type { DiagnosticKind } from '../kinds.ts';

/** What the documentation of a kind says beside its summary. */
export interface Explanation {
  /** Why the language is like that, and how to mend the program. */
  readonly text: string;
  /**
   * A short program, without its line `module Main`, in which `⟨wrong⇒right⟩` marks the place that is mended. With what is wrong it has
   * exactly this finding, mended it has none. Absent for limits, which no short program reaches.
   */
  readonly program?: string;
  /** Further files of the program, by their names. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Explanations by their kinds. */
export type Explanations<Kind extends DiagnosticKind = DiagnosticKind> = Readonly<Record<Kind, Explanation>>;
