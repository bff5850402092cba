import { stringifyExact } from '../../shared/exact-json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { Handler } from '../call.ts';
import { exposeBlocks } from '../catalog/exposed-blocks.ts';
import { metered } from '../metered.ts';
import { latestCatalog } from './latest-catalog.ts';
import { checkArguments, stringParam } from './params.ts';

/** `tools/call`: a tool that is hidden is not in the table, so it is as unknown as one that never was. */
export const callTool: Handler = async (params, call) => {
  const name = stringParam(params, 'name');
  checkArguments(params);
  const catalog = call.catalog.lists.tools.route(name) === undefined ? await latestCatalog(call) : call.catalog;
  const route = catalog.lists.tools.route(name);
  if (route === undefined) throw new RpcError(RPC.invalidParams, `Unknown tool: ${name}`);
  const { relay, signal, tasks } = call;
  const sent = tasks.toService({ ...params, name: route.upstreamKey }, route.identity, call);
  const answer = await metered(relay.metrics?.begin(route.identity), signal, () =>
    relay.request(route.identity, 'tools/call', sent, call),
  );
  const result = sent.task === undefined ? answer : tasks.opened(answer, route.identity, call);
  const content = exposeBlocks(result.content, (uri) => catalog.resources.exposed(uri, route.identity));
  return stringifyExact(content === result.content ? result : { ...result, content });
};
