import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';

/** Throws RpcError -32602 where `arguments` is there and no object; null, which some clients send for none, passes. */
export function checkArguments({ arguments: given }: JsonObject): void {
  if (given !== undefined && given !== null && !isJsonObject(given))
    throw new RpcError(RPC.invalidParams, 'params.arguments must be an object');
}

/** A member that must be a string. Throws RpcError -32602. */
export function stringParam(params: JsonObject, member: string): string {
  const value = params[member];
  if (typeof value !== 'string') throw new RpcError(RPC.invalidParams, `params.${member} must be a string`);
  return value;
}
