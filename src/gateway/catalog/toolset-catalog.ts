import { createHash } from 'node:crypto';
import type { ServedToolset } from '../../reconcile/ports.ts';
import { capabilitiesOf, type Catalog } from './catalog.ts';
import type { Cursors } from './cursor.ts';
import { ExposedList, type PageLimits, type Row } from './exposed-list.ts';
import { mergeInstructions } from './instructions.ts';
import { LIST_NAMES, type ListName } from './lists.ts';
import { ResourceRoutes } from './resource-routes.ts';
import { CALL_TOOL, SEARCH_TOOLS, searchRows } from './search-tools.ts';
import { ToolSearch } from './tool-search.ts';
import { toolsetRows } from './toolset-rows.ts';

/** The catalogue of a toolset, with what people are told of it. */
export interface ToolsetCatalog extends Catalog {
  /** What can be called, listed or not. */
  readonly tools: readonly Row[];
  readonly idleRules: readonly string[];
  /** Differs when what tools/list answers does. */
  readonly revision: string;
}

export interface ToolsetParts {
  readonly toolset: ServedToolset;
  /** What /mcp shows: a toolset is a choice of it. */
  readonly all: Catalog;
  readonly cursors: Cursors;
  readonly limits: PageLimits;
}

/**
 * Only tools: a toolset has neither prompts nor resources, and links in results stay as their server wrote them. In mode search the list
 * holds the two tools that find and call the others.
 */
export function buildToolsetCatalog(parts: ToolsetParts): ToolsetCatalog {
  const { toolset, all } = parts;
  const { rows, idleRules } = toolsetRows(toolset, all.lists.tools.rows);
  const owners = new Set(rows.map(({ route }) => route.identity));
  const services = all.services.filter(({ identity }) => owners.has(identity));
  const {
    resources: _resources,
    prompts: _prompts,
    completions: _completions,
    ...capabilities
  } = capabilitiesOf(services);
  const listing = (list: readonly Row[], instructions: string | undefined): ToolsetCatalog => {
    const lists = listsOf(parts, list);
    return {
      scope: { kind: 'toolset', name: toolset.name },
      lists,
      services,
      resources: new ResourceRoutes(lists.resources, lists.resourceTemplates, new Map()),
      capabilities,
      instructions,
      tools: rows,
      idleRules,
      revision: createHash('sha256')
        .update(JSON.stringify(list.map(({ json }) => json)))
        .digest('hex'),
    };
  };
  const instructions = mergeInstructions(services);
  if (toolset.mode === 'list') return listing(rows, instructions);
  const search = new ToolSearch(listing(rows, undefined));
  const how = `Find tools with ${SEARCH_TOOLS}, then call them with ${CALL_TOOL}.`;
  const two = searchRows(services.map(({ namespace }) => namespace));
  return { ...listing(two, instructions === undefined ? how : `${how}\n\n${instructions}`), search };
}

function listsOf({ toolset, cursors, limits }: ToolsetParts, tools: readonly Row[]): Catalog['lists'] {
  const list = (name: ListName) =>
    new ExposedList(name, `toolset:${toolset.name} ${name}`, name === 'tools' ? tools : [], cursors, limits);
  return Object.fromEntries(LIST_NAMES.map((name) => [name, list(name)])) as Record<ListName, ExposedList>;
}
