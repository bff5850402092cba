import type { ServedService } from '../../reconcile/ports.ts';
import { stringifyExact } from '../../shared/exact-json.ts';
import { globsAllow } from '../../shared/glob.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Row } from './exposed-list.ts';
import { taskCapabilitiesOf, withoutTaskSupport } from '../tasks/task-capabilities.ts';
import { definitionsOf, KEY_FIELDS, type ListName } from './lists.ts';
import { presentable } from './presentable.ts';
import { markedName, prefixedName } from './names.ts';
import { wrapUri } from './wrapped-uri.ts';

/** A row under the key it would like, and the way to the key it takes where another service has that one. */
export interface WantedRow extends Row {
  rekeyed(): Row;
}

/** What one service adds to each list of a scope: the costly part of a catalogue, kept until the service changes. */
export type Slice = Readonly<Record<ListName, readonly WantedRow[]>>;

/** `raw` keeps every name and definition as it is (surfaces.md, MCP); beside others, a broken definition must not break theirs. The rules decide here, once, for listing and for calling. */
export function buildSlice(service: ServedService, raw: boolean): Slice {
  const { call } = taskCapabilitiesOf(service);
  const mended = (one: JsonObject, list: ListName) => presentable(call ? one : withoutTaskSupport(one), list);
  const rows = (list: ListName, prefixed: (key: string) => string = (key) => key) =>
    rowsOf(service, list, raw ? (key) => key : prefixed, raw ? (one) => one : (one) => mended(one, list));
  return {
    tools: rows('tools', (name) => prefixedName(service.namespace, renamed(service, name))),
    prompts: rows('prompts', (name) => prefixedName(service.namespace, name)),
    resources: rows('resources'),
    resourceTemplates: rows('resourceTemplates'),
  };
}

/** Equal for services whose slices are equal. */
export function sliceKey(service: ServedService): string {
  return JSON.stringify([
    service.namespace,
    service.interface.revision,
    service.toolRules,
    service.rename,
    taskCapabilitiesOf(service).call,
  ]);
}

function rowsOf(
  service: ServedService,
  list: ListName,
  expose: (key: string) => string,
  mend: (definition: JsonObject) => JsonObject,
): WantedRow[] {
  const rows: WantedRow[] = [];
  for (const [upstreamKey, given] of definitionsOf(service.interface, list)) {
    if (list === 'tools' && !globsAllow(upstreamKey, service.toolRules)) continue;
    const definition = mend(given);
    const row = (key: string): Row => ({
      key,
      json: definitionJson(definition, KEY_FIELDS[list], key),
      route: { identity: service.identity, upstreamKey },
    });
    const otherKey = () =>
      KEY_FIELDS[list] === 'name'
        ? markedName(service.namespace, upstreamKey)
        : wrapUri(service.namespace, upstreamKey);
    rows.push({ ...row(expose(upstreamKey)), rekeyed: () => row(otherKey()) });
  }
  return rows;
}

function renamed(service: ServedService, name: string): string {
  return Object.hasOwn(service.rename, name) ? (service.rename[name] ?? name) : name;
}

/** Verbatim but for the key, which keeps its place (mcp-gateway §3.8). */
function definitionJson(definition: JsonObject, field: string, key: string): string {
  return stringifyExact(definition[field] === key ? definition : { ...definition, [field]: key });
}
