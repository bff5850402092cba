import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import type { Handler } from '../call.ts';
import { CALL_TOOL, SEARCH_LIMITS, SEARCH_TOOLS } from '../catalog/search-tools.ts';
import type { ToolSearch } from '../catalog/tool-search.ts';
import { checkArguments, stringParam } from './params.ts';

/** `tools/call` in a toolset of mode search: only its two tools are there. Everywhere else what `callTool` does. */
export function withSearch(callTool: Handler): Handler {
  return (params, call) => {
    const { search } = call.catalog;
    if (search === undefined) return callTool(params, call);
    const tool = stringParam(params, 'name');
    checkArguments(params);
    const given = isJsonObject(params.arguments) ? params.arguments : {};
    if (tool === SEARCH_TOOLS) return find(search, given);
    if (tool !== CALL_TOOL) throw new RpcError(RPC.invalidParams, `Unknown tool: ${tool}`);
    const { name, arguments: inner } = given;
    if (typeof name !== 'string') return refusal('name must be the name of a tool');
    if (inner !== undefined && inner !== null && !isJsonObject(inner)) return refusal('arguments must be an object');
    if (search.catalog.lists.tools.route(name) === undefined)
      return refusal(`there is no tool "${name.slice(0, 100)}"; find its name with ${SEARCH_TOOLS}`);
    return callTool({ ...params, name, arguments: inner ?? {} }, { ...call, catalog: search.catalog });
  };
}

function find(search: ToolSearch, { query, limit = SEARCH_LIMITS.usual }: JsonObject): string {
  if (typeof query !== 'string') return refusal('query must be text');
  if (!isLimit(limit)) return refusal(`limit must be a whole number from 1 to ${String(SEARCH_LIMITS.most)}`);
  const { tools, names, total } = search.find(query, limit);
  const also = names.length === 0 ? '' : `,"alsoFound":${JSON.stringify(names)}`;
  const text = `{"tools":[${tools.join(',')}]${also},"total":${String(total)}}`;
  return JSON.stringify({ content: [{ type: 'text', text }] });
}

function isLimit(limit: Json): limit is number {
  return Number.isInteger(limit) && (limit as number) >= 1 && (limit as number) <= SEARCH_LIMITS.most;
}

/** For the model to mend: an error of the protocol would not reach it. */
function refusal(text: string): string {
  return JSON.stringify({ content: [{ type: 'text', text }], isError: true });
}
