/** One finding about a manifest text, tied to a place in a file. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** PascalCase: ManifestInvalid, YamlSyntax, DuplicateKey, UnknownField, NotSupportedYet, Conflict, … */
  readonly code: string;
  /** The service or policy concerned, where it is known. */
  readonly name?: string;
  /** Path as a person would write it, relative to the workspace where it lies inside. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters as a terminal counts them (code points). */
  readonly column: number;
  readonly message: string;
  readonly help?: string;
  /** The rendered form: begins `severity[Code] file:line:col`, then the message, then a code frame. */
  readonly text: string;
}
