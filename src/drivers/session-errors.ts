import { ClarityError, errorMessage } from '../shared/errors.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';

/** An answer that is no JSON-RPC. Of a refusal that breaks the rules, what can be kept is. */
export function malformed(error: Json | undefined): RpcError {
  const { code, message, data } = isJsonObject(error) ? error : {};
  const reason = typeof message === 'string' ? `: ${message}` : '';
  if (typeof code === 'number') return new RpcError(code, 'the server gave no reason', data);
  return new RpcError(RPC.internalError, `the server's answer is no JSON-RPC 2.0${reason}`, data);
}

/** Ours, with `data.sent`. */
export function unavailable(why: string, sent: boolean): RpcError {
  return new RpcError(RPC.unavailable, why, { sent });
}

/** What a channel throws, as the callers of a session know it; the cause stays. */
export function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  const why = error instanceof ClarityError ? error.message : `the connection failed: ${errorMessage(error)}`;
  return new RpcError(RPC.unavailable, why, { sent: true }, { cause: error });
}
