import type { JsonText } from '../call.ts';
import type { Catalog } from './catalog.ts';
import type { ListName } from './lists.ts';

/** The key of the mark in `_meta` of a list result: names of services. */
const STALE_KEY = 'clarity.runtime/stale';

const MAX_NAMED = 100;

/** Services whose part of the list is the last that was known: nothing of them runs now that could say otherwise (mcp-gateway §3.6). One that sleeps is not among them. */
export function staleServices({ services, lists }: Catalog, list: ListName): readonly string[] {
  const { owners } = lists[list];
  return services
    .filter((service) => owners.has(service.identity) && service.wake === undefined && service.upstream() === undefined)
    .slice(0, MAX_NAMED)
    .map(({ identity }) => identity);
}

/** The page with the mark, where there is anything to mark: pages are made once, and who runs changes without them. */
export function markStale(page: JsonText, stale: readonly string[]): JsonText {
  if (stale.length === 0) return page;
  const tail = `,"_meta":${JSON.stringify({ [STALE_KEY]: stale })}}`;
  return typeof page === 'string' ? page.slice(0, -1) + tail : Buffer.concat([page.subarray(0, -1), Buffer.from(tail)]);
}
