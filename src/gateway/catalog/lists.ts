import type { InterfaceSnapshot } from '../../reconcile/ports.ts';
import type { JsonObject } from '../../shared/json.ts';

export type ListName = 'tools' | 'resources' | 'resourceTemplates' | 'prompts';

/** The four lists of MCP, by the member of the result that holds them, and the field that identifies a definition. */
export const KEY_FIELDS: Readonly<Record<ListName, string>> = {
  tools: 'name',
  resources: 'uri',
  resourceTemplates: 'uriTemplate',
  prompts: 'name',
};

export const LIST_NAMES = Object.keys(KEY_FIELDS) as ListName[];

/** The definitions that can be named at all; a definition without its field, or the second with one key, cannot be reached. */
export function definitionsOf(snapshot: InterfaceSnapshot, list: ListName): ReadonlyMap<string, JsonObject> {
  const definitions = new Map<string, JsonObject>();
  for (const definition of snapshot[list]) {
    const key = definition[KEY_FIELDS[list]];
    if (typeof key === 'string' && !definitions.has(key)) definitions.set(key, definition);
  }
  return definitions;
}
