import { isJsonObject } from '../../shared/json.ts';
import type { Catalog } from './catalog.ts';
import { ToolIndex } from './tool-index.ts';

/** JSON characters of the definitions in one answer; further hits are named only. */
const MAX_CHARS = 64 * 1024;

/** What search_tools found. */
export interface Found {
  /** The JSON of each definition, as tools/list of mode list has it. */
  readonly tools: readonly string[];
  /** Names of hits that did not fit. */
  readonly names: readonly string[];
  /** How many tools have any word of the query. */
  readonly total: number;
}

/** The tools of a toolset that is searched instead of listed. */
export class ToolSearch {
  /** The toolset as it would be in mode list: what is found and can be called. */
  readonly catalog: Catalog;
  #index: ToolIndex | undefined;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  /** The best `limit` hits; for a query without words the first of the list. */
  find(query: string, limit: number): Found {
    const { rows } = this.catalog.lists.tools;
    this.#index ??= new ToolIndex(rows.map(({ key, json }) => ({ name: key, text: textOf(json) })));
    const hits = query.trim() === '' ? [...rows.keys()] : this.#index.search(query);
    const tools: string[] = [];
    const names: string[] = [];
    let chars = 0;
    for (const at of hits.slice(0, limit)) {
      const { key = '', json = '{}' } = rows[at] ?? {};
      chars += json.length;
      if (chars > MAX_CHARS && tools.length > 0) names.push(key);
      else tools.push(json);
    }
    return { tools, names, total: hits.length };
  }
}

function textOf(json: string): string {
  const definition: unknown = JSON.parse(json);
  if (!isJsonObject(definition)) return '';
  const annotations = isJsonObject(definition.annotations) ? definition.annotations : {};
  return [definition.title, annotations.title, definition.description]
    .filter((one) => typeof one === 'string')
    .join(' ');
}
