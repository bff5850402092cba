import type { Reason } from '../reconcile/reasons.ts';
import { ClarityError, type ErrorCode } from '../shared/errors.ts';

const REASONS: Partial<Record<ErrorCode, Reason>> = {
  CommandNotFound: 'CommandNotFound',
  SecretNotFound: 'SecretNotFound',
  ImportNotGranted: 'ImportNotGranted',
  ModuleInvalid: 'ModuleInvalid',
  UpstreamUnauthorized: 'Unauthorized',
  UpstreamUnreachable: 'Unreachable',
  UpstreamTimeout: 'StartTimeout',
  HostNotAllowed: 'HostNotAllowed',
};

/** The reason that a driver's error stands for; undefined where it is none that a person could do something about. */
export function reasonOf(error: unknown): Reason | undefined {
  return error instanceof ClarityError ? REASONS[error.code] : undefined;
}
