import { stringifyExact } from '../../shared/exact-json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type Json } from '../../shared/json.ts';
import type { Handler } from '../call.ts';
import { exposeBlock } from '../catalog/exposed-blocks.ts';
import { latestCatalog } from './latest-catalog.ts';
import { checkArguments, stringParam } from './params.ts';

/** `prompts/get`, with the resources that its messages embed under the URIs of this scope. */
export const getPrompt: Handler = async (params, call) => {
  const name = stringParam(params, 'name');
  checkArguments(params);
  const catalog = call.catalog.lists.prompts.route(name) === undefined ? await latestCatalog(call) : call.catalog;
  const route = catalog.lists.prompts.route(name);
  if (route === undefined) throw new RpcError(RPC.invalidParams, `Unknown prompt: ${name}`);
  const result = await call.relay.request(route.identity, 'prompts/get', { ...params, name: route.upstreamKey }, call);
  if (!Array.isArray(result.messages)) return stringifyExact(result);
  const exposed = (uri: string) => catalog.resources.exposed(uri, route.identity);
  const messages = (result.messages as readonly Json[]).map((message) =>
    isJsonObject(message) && message.content !== undefined
      ? { ...message, content: exposeBlock(message.content, exposed) }
      : message,
  );
  return stringifyExact({ ...result, messages });
};
