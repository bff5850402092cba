import { RPC, RpcError } from '../../shared/json-rpc.ts';

/** What the tools of agents answer. Throws RpcError -32004. */
export function notAvailable(what: string): never {
  throw new RpcError(RPC.notAvailable, `${what} are not available yet`);
}
