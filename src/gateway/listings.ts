import type { GatewayListings } from '../reconcile/ports.ts';
import { estimateTokens } from '../shared/token-estimate.ts';
import type { Catalogs } from './catalog/catalogs.ts';
import { sizeOfRows } from './catalog/list-size.ts';

/** What clients are listed, from the catalogues that answer them. */
export function createListings(catalogs: Catalogs): GatewayListings {
  return {
    service: (identity) => catalogs.sizeOf(identity),
    toolset: (name) => {
      const catalog = catalogs.toolset(name);
      if (catalog === undefined) return undefined;
      return {
        listed: sizeOfRows(catalog.lists.tools.rows),
        tools: catalog.tools.map(({ key, json, route }) => ({
          name: key,
          service: route.identity,
          upstreamName: route.upstreamKey,
          tokens: estimateTokens([json]),
        })),
        idleRules: catalog.idleRules,
      };
    },
  };
}
