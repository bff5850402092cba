import type { Identity, ServedService } from '../../reconcile/ports.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { BuiltinTools } from '../builtin/builtin-tools.ts';
import { scopeKey, type Scope } from '../scope.ts';
import { mergedTaskCapabilities } from '../tasks/task-capabilities.ts';
import type { Cursors } from './cursor.ts';
import { ExposedList, type PageLimits, type Row } from './exposed-list.ts';
import { mergeInstructions } from './instructions.ts';
import { LIST_NAMES, type ListName } from './lists.ts';
import { ResourceRoutes } from './resource-routes.ts';
import type { Slice } from './slice.ts';
import type { ToolSearch } from './tool-search.ts';

/** Everything one scope shows at one moment: the routing table, the pages and what initialize says. Immutable. */
export interface Catalog {
  readonly scope: Scope;
  readonly lists: Readonly<Record<ListName, ExposedList>>;
  /** Whose definitions the lists hold. */
  readonly services: readonly ServedService[];
  readonly resources: ResourceRoutes;
  /** What at least one service has and the gateway relays (mcp-gateway §5.1). */
  readonly capabilities: JsonObject;
  readonly instructions: string | undefined;
  /** Where tools are searched instead of listed (a toolset of mode search). */
  readonly search?: ToolSearch;
  /** The runtime's own tools, where they are listed. */
  readonly builtins?: BuiltinTools;
  /** Of a toolset: differs when what tools/list answers does. */
  readonly revision?: string;
}

export interface CatalogParts {
  readonly scope: Scope;
  /** In order of precedence: the first to want a key gets it. */
  readonly services: readonly ServedService[];
  readonly slice: (service: ServedService) => Slice;
  readonly cursors: Cursors;
  readonly limits: PageLimits;
}

export function buildCatalog({ scope, services, slice, cursors, limits }: CatalogParts): Catalog {
  const slices = services.map(slice);
  const list = (name: ListName) =>
    new ExposedList(name, `${scopeKey(scope)} ${name}`, mergeRows(slices, name), cursors, limits);
  const lists = Object.fromEntries(LIST_NAMES.map((name) => [name, list(name)])) as Record<ListName, ExposedList>;
  const namespaces = new Map<Identity, string>(services.map((service) => [service.identity, service.namespace]));
  return {
    scope,
    lists,
    services,
    resources: new ResourceRoutes(lists.resources, lists.resourceTemplates, namespaces),
    capabilities: capabilitiesOf(services),
    instructions: scope.kind === 'service' ? services[0]?.interface.instructions : mergeInstructions(services),
  };
}

/** The catalogue of all services with the runtime's own tools before theirs (original contract §3). */
export function withBuiltins(all: Catalog, builtins: BuiltinTools, cursors: Cursors, limits: PageLimits): Catalog {
  const rows = [...builtins.rows, ...all.lists.tools.rows];
  const tools = new ExposedList('tools', `${scopeKey(all.scope)} tools with builtins`, rows, cursors, limits);
  return { ...all, lists: { ...all.lists, tools }, builtins };
}

function mergeRows(slices: readonly Slice[], name: ListName): Row[] {
  const rows = new Map<string, Row>();
  for (const wanted of slices.flatMap((slice) => slice[name])) {
    const row = rows.has(wanted.key) ? wanted.rekeyed() : wanted;
    if (!rows.has(row.key)) rows.set(row.key, row);
  }
  return [...rows.values()];
}

/** What at least one of the services has and the gateway relays. */
export function capabilitiesOf(services: readonly ServedService[]): JsonObject {
  const some = (capability: string) =>
    services.some((service) => isJsonObject(service.interface.capabilities[capability]));
  const subscribe = services.some(
    ({ interface: { capabilities } }) =>
      isJsonObject(capabilities.resources) && capabilities.resources.subscribe === true,
  );
  const tasks = mergedTaskCapabilities(services);
  return {
    tools: { listChanged: true },
    ...(some('resources') ? { resources: { listChanged: true, ...(subscribe ? { subscribe } : {}) } } : {}),
    ...(some('prompts') ? { prompts: { listChanged: true } } : {}),
    ...(some('completions') ? { completions: {} } : {}),
    ...(tasks === undefined ? {} : { tasks }),
    ...(some('logging') ? { logging: {} } : {}),
  };
}
