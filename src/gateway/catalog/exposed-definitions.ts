import type { ServedService } from '../../reconcile/ports.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { ListName } from './lists.ts';
import { buildSlice, type WantedRow } from './slice.ts';

/**
 * What one service adds to the lists of /mcp, each definition as clients get it: allowed, renamed, under its namespace. The names it takes
 * while no other service has them.
 */
export function exposedDefinitions(service: ServedService): Readonly<Record<ListName, readonly JsonObject[]>> {
  const { tools, prompts, resources, resourceTemplates } = buildSlice(service, false);
  const parsed = (rows: readonly WantedRow[]) => rows.map(({ json }) => JSON.parse(json) as JsonObject);
  return {
    tools: parsed(tools),
    prompts: parsed(prompts),
    resources: parsed(resources),
    resourceTemplates: parsed(resourceTemplates),
  };
}
