import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject } from '../../shared/json.ts';

/** What a service can do wrong, as its circuit counts it. */
export type Fault = 'connection' | 'timeout' | 'internal';

/**
 * What the error of a call says about the service: answered, a fault of it, or nothing (unknown: the request was not sent, for a limit of ours say,
 * or the failure is ours). Other errors than -32603 are answers: the caller asked for something wrong.
 */
export function faultOf(error: unknown): Fault | 'answered' | 'unknown' {
  if (!(error instanceof RpcError)) return 'unknown';
  const sent = sentIn(error);
  if (sent === false) return 'unknown';
  if (error.code === RPC.internalError) return 'internal';
  if (sent === true && error.code === RPC.unavailable) return 'connection';
  if (sent === true && error.code === RPC.timeout) return 'timeout';
  return 'answered';
}

/** True where the service could not be reached, so that nothing has run. */
export function neverRan(error: unknown): boolean {
  return error instanceof RpcError && error.code === RPC.unavailable && sentIn(error) === false;
}

function sentIn({ data }: RpcError): unknown {
  return isJsonObject(data) ? data.sent : undefined;
}
