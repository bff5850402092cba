import { errorMessage } from '../shared/errors.ts';

/** Exit codes (surfaces.md, clarityctl). */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** The answer is no: invalid, differs, not ready, not found, failed. */
  no: 1,
  /** Usage, I/O, or no daemon. */
  usage: 2,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a text for a person on stderr and the exit code. */
export class CliError extends Error {
  readonly exit: ExitCode;
  /** What to type next, on a line of its own. */
  readonly hint: string | undefined;

  constructor(exit: ExitCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.exit = exit;
    this.hint = options.hint;
  }
}

/** The message of a failed file operation without what the caller says itself: `no such file or directory`. */
export function systemMessage(error: unknown): string {
  return /^E[A-Z]+: (.+?), \w+( '.*)?$/s.exec(errorMessage(error))?.[1] ?? errorMessage(error);
}
