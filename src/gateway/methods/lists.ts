import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Handler } from '../call.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { ListName } from '../catalog/lists.ts';
import { markStale, staleServices } from '../catalog/stale.ts';

/** `<list>/list`: a page that is already text, marked where a part of it is only what was known last. */
export function listHandler(list: ListName): Handler {
  const page = (catalog: Catalog, cursor?: string) =>
    markStale(catalog.lists[list].page(cursor), staleServices(catalog, list));
  return ({ cursor }, call) => {
    if (cursor !== undefined && typeof cursor !== 'string')
      throw new RpcError(RPC.invalidParams, 'params.cursor must be a string');
    const latest = cursor === undefined ? call.latestCatalog?.() : undefined;
    if (latest === undefined) return page(call.catalog, cursor);
    return latest.then((catalog) => page(catalog ?? call.catalog));
  };
}
