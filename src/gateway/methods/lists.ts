import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Handler } from '../call.ts';
import type { ListName } from '../catalog/lists.ts';

/** `<list>/list`: a page that is already text. */
export function listHandler(list: ListName): Handler {
  return ({ cursor }, { catalog }) => {
    if (cursor !== undefined && typeof cursor !== 'string')
      throw new RpcError(RPC.invalidParams, 'params.cursor must be a string');
    return catalog.lists[list].page(cursor);
  };
}
