import type { Diagnostic } from '../shared/diagnostic.ts';
import { oneLine } from '../shared/text.ts';

/** Why a file or folder cannot count although it is there. */
export interface Problem {
  /** Absolute; of git from the root of the repository. */
  readonly path: string;
  readonly code: 'FileTooLarge' | 'FileUnreadable' | 'NotUtf8' | 'SymlinkOutside' | 'TooManyFiles' | 'FolderUnreadable';
  readonly message: string;
}

/** The problem in the form that every door shows; it has no better place than the first line. */
export function problemDiagnostic({ code, message }: Problem, file: string): Diagnostic {
  const text = `error[${code}] ${file}:1:1\n  ${oneLine(message, 500)}`;
  return { severity: 'error', code, file, line: 1, column: 1, message, text };
}
