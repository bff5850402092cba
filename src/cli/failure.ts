import { ApiError, NoDaemonError } from '../client/index.ts';
import { DeadlineError } from '../shared/abort.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import { ERRORS, type ErrorCode } from '../shared/errors.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import { EXIT } from './cli-error.ts';
import { explainPlainFailure, failure, type Failure } from './plain-failure.ts';

/** Sorts an error into the exit codes of surfaces.md: 1 the daemon's answer is no; 2 usage, I/O, or nobody to ask. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof NoDaemonError)
    return failure(
      EXIT.usage,
      error.message,
      'Start one with `npx clarityd` (or `npm start` in this repository), or point --daemon-url at yours.',
    );
  if (error instanceof ApiError) return explainAnswer(error);
  if (error instanceof DeadlineError) return failure(EXIT.no, error.message);
  return explainPlainFailure(error);
}

/** True where the daemon says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** True where nobody answers. */
export function isNoDaemon(error: unknown): boolean {
  return error instanceof NoDaemonError;
}

/** A refusal of one document: a conflict with its patch, or an invalid manifest with its diagnostics; undefined for any other error. */
export function asRefusal(error: unknown):
  | {
      readonly outcome: 'conflict' | 'invalid';
      readonly message: string;
      readonly patch?: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { status, message, patch, details } = error;
  if (status === 409) {
    const text = `${message}\n${ERRORS.Conflict.todo}`;
    return { outcome: 'conflict', message: text, ...(patch === undefined ? {} : { patch }), diagnostics: [] };
  }
  return status === 422 ? { outcome: 'invalid', message, diagnostics: diagnosticsOf(details) } : undefined;
}

function explainAnswer(error: ApiError): Failure {
  const { status, code, message, patch, details } = error;
  const todo = code in ERRORS ? ERRORS[code as ErrorCode].todo : undefined;
  // 400, 401, 403: we were not allowed to ask, or asked wrongly.
  const exit = [400, 401, 403, 413, 415].includes(status) ? EXIT.usage : EXIT.no;
  const texts = diagnosticsOf(details).map(({ text }) => text);
  return failure(exit, [message, ...texts, ...(patch === undefined ? [] : [patch.trimEnd()])].join('\n'), todo);
}

function diagnosticsOf(details: readonly Json[]): readonly Diagnostic[] {
  const isDiagnostic = (value: Json) => isJsonObject(value) && typeof value.text === 'string';
  return details.filter(isDiagnostic) as unknown as readonly Diagnostic[];
}
