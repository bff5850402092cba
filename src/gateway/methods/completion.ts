import { stringifyExact } from '../../shared/exact-json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Call, Handler } from '../call.ts';
import type { Route } from '../catalog/exposed-list.ts';
import { stringParam } from './params.ts';

const NOTHING = '{"completion":{"values":[],"total":0,"hasMore":false}}';

/** `completion/complete`, by the prompt or the resource (template) it is for; a service that completes nothing is not asked (mcp-gateway §5.2). */
export const complete: Handler = async (params, call) => {
  if (!isJsonObject(params.ref)) throw new RpcError(RPC.invalidParams, 'params.ref must be an object');
  const { route, member } = routeOf(params.ref, call);
  if (!call.relay.offers(route.identity, 'completions')) return NOTHING;
  const ref = { ...params.ref, [member]: route.upstreamKey };
  return stringifyExact(await call.relay.request(route.identity, 'completion/complete', { ...params, ref }, call));
};

function routeOf(ref: JsonObject, { catalog }: Call): { route: Route; member: 'name' | 'uri' } {
  if (ref.type === 'ref/prompt') {
    const name = stringParam(ref, 'name');
    const route = catalog.lists.prompts.route(name);
    if (route === undefined) throw new RpcError(RPC.invalidParams, `Unknown prompt: ${name}`);
    return { route, member: 'name' };
  }
  if (ref.type !== 'ref/resource')
    throw new RpcError(RPC.invalidParams, 'params.ref.type must be ref/prompt or ref/resource');
  const uri = stringParam(ref, 'uri');
  const route = catalog.lists.resourceTemplates.route(uri) ?? catalog.resources.resolve(uri);
  if (route === undefined) throw new RpcError(RPC.invalidParams, `Unknown resource template: ${uri}`);
  return { route, member: 'uri' };
}
