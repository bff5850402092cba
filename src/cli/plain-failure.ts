import { ClarityError, ERRORS, errorMessage } from '../shared/errors.ts';
import { printable } from '../shared/text.ts';
import { CliError, EXIT, type ExitCode } from './cli-error.ts';

/** What is said on stderr about an error that ended a command, and with which code it ends. */
export interface Failure {
  readonly exit: ExitCode;
  /** Safe for a terminal. */
  readonly lines: readonly string[];
}

/** Sorts an error that came from this machine into the exit codes: a CliError says its own, anything else is 2. */
export function explainPlainFailure(error: unknown): Failure {
  if (error instanceof CliError) return failure(error.exit, error.message, error.hint);
  if (error instanceof ClarityError) return failure(EXIT.usage, error.message, ERRORS[error.code].todo);
  return failure(EXIT.usage, errorMessage(error));
}

/** An error as its lines on stderr: `error: …`, then what to do. */
export function failure(exit: ExitCode, message: string, hint?: string): Failure {
  return { exit, lines: [`error: ${printable(message)}`, ...(hint === undefined ? [] : [printable(hint)])] };
}
