import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { JsonObject } from '../../shared/json.ts';

/** A member that must be a string. Throws RpcError -32602. */
export function stringParam(params: JsonObject, member: string): string {
  const value = params[member];
  if (typeof value !== 'string') throw new RpcError(RPC.invalidParams, `params.${member} must be a string`);
  return value;
}
