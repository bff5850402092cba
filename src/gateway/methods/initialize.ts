import type { JsonObject } from '../../shared/json.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { ListName } from '../catalog/lists.ts';
import type { ProtocolVersion } from '../versions.ts';

/** The InitializeResult as JSON. `version` is the program's. */
export function initializeResult(catalog: Catalog, protocolVersion: ProtocolVersion, version: string): string {
  const result: JsonObject = {
    protocolVersion,
    capabilities: catalog.capabilities,
    serverInfo: { name: 'clarity-runtime', title: 'Clarity Runtime', version },
    instructions: catalog.instructions,
  };
  return JSON.stringify(result);
}

/** The lists whose changes that result promises to announce. */
export function announcedLists(catalog: Catalog): ReadonlySet<ListName> {
  const lists = ['tools', 'resources', 'prompts'] as const;
  return new Set(lists.filter((list) => catalog.capabilities[list] !== undefined));
}
