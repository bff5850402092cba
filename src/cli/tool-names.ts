import { globsAllow } from '../shared/glob.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import type { ServiceRecord } from '../wire/types.ts';

/** One tool of a service under both of its names. */
export interface ListedTool {
  /** `<namespace>__<tool>`: as the aggregate lists it. */
  readonly name: string;
  /** As the server itself calls it. */
  readonly upstreamName: string;
  /** As it came from the server. */
  readonly definition: JsonObject;
}

/** The tools of the last interface that the manifest's allow, deny and rename let through (manifest.md, spec.tools). */
export function listedTools(record: ServiceRecord): readonly ListedTool[] {
  const spec = objectOf(record.manifest.spec);
  const rules = objectOf(spec.tools);
  const rename = objectOf(rules.rename);
  const lists = [{ allow: stringsOf(rules.allow), deny: stringsOf(rules.deny) }];
  const namespace = typeof spec.toolNamespace === 'string' ? spec.toolNamespace : record.name;
  return upstreamTools(record).flatMap((definition) => {
    const upstreamName = definition.name;
    if (typeof upstreamName !== 'string' || !globsAllow(upstreamName, lists)) return [];
    const renamed = Object.hasOwn(rename, upstreamName) ? rename[upstreamName] : undefined;
    const own = typeof renamed === 'string' ? renamed : upstreamName;
    return [{ name: `${namespace}__${own}`, upstreamName, definition }];
  });
}

function upstreamTools(record: ServiceRecord): readonly JsonObject[] {
  const tools = record.interfaceSnapshot?.tools;
  return Array.isArray(tools) ? tools.filter(isJsonObject) : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function stringsOf(value: Json | undefined): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
