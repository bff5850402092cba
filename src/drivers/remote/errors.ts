import { ClarityError, errorCode, errorMessage, type ErrorCode } from '../../shared/errors.ts';
import { RPC, RpcError, type RpcResponse } from '../../shared/json-rpc.ts';
import { CONNECT_FAILURES } from '../connect-failures.ts';

export type RpcErrorResponse = Extract<RpcResponse, { error: unknown }>;

export interface RemoteErrorOptions {
  /** Whether the request may have run. */
  readonly sent: boolean;
  readonly status?: number;
  readonly response?: RpcErrorResponse | undefined;
  readonly cause?: unknown;
}

/** The remote did not do what we asked. `cause` is the ClarityError for a failed start; 4xx were refused before they ran. */
export class RemoteError extends RpcError {
  /** The HTTP status, where there was one. */
  readonly status: number | undefined;
  /** The JSON-RPC error response in its body, where there was one. */
  readonly response: RpcErrorResponse | undefined;

  constructor(code: ErrorCode, message: string, options: RemoteErrorOptions) {
    const cause = new ClarityError(code, message, { cause: options.cause });
    super(RPC.unavailable, message, { sent: options.sent }, { cause });
    this.status = options.status;
    this.response = options.response;
  }
}

/** What kept a request from being made at all, a missing secret most often. */
export function notSent(error: unknown): RemoteError {
  const code = error instanceof ClarityError ? error.code : 'Internal';
  return new RemoteError(code, errorMessage(error), { sent: false, cause: error });
}

/** A failure below HTTP. The text names the address as it may be shown, never a header or a query. */
export function networkError(error: unknown, shown: string): RemoteError {
  const code = errorCode(error) ?? '';
  const early = CONNECT_FAILURES[code];
  const invalid = code === 'UND_ERR_INVALID_ARG';
  const text = early ?? (invalid ? errorMessage(error) : `the connection broke (${code === '' ? 'closed' : code})`);
  const sent = early === undefined && !invalid && !/CERT|TLS|SSL|SELF_SIGNED/.test(code);
  return new RemoteError('UpstreamUnreachable', `${shown} cannot be reached: ${text}`, { sent, cause: error });
}

/** The server broke the protocol after it had the request. */
export function brokenProtocol(shown: string, text: string): RemoteError {
  return new RemoteError('UpstreamUnreachable', `${shown} ${text}`, { sent: true });
}
