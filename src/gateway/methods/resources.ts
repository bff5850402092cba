import { stringifyExact } from '../../shared/exact-json.ts';
import { RPC, RpcError } from '../../shared/json-rpc.ts';
import { isJsonObject, type Json } from '../../shared/json.ts';
import type { Handler } from '../call.ts';
import { exposeUri } from '../catalog/exposed-blocks.ts';
import { latestCatalog } from './latest-catalog.ts';
import { stringParam } from './params.ts';

/** `resources/read`: what comes back carries the URI that was asked for, whatever the service calls it. */
export const readResource: Handler = async (params, call) => {
  const asked = stringParam(params, 'uri');
  const known = call.catalog.resources.resolve(asked) !== undefined;
  const { resources } = known ? call.catalog : await latestCatalog(call);
  const route = resources.resolve(asked);
  if (route === undefined) throw new RpcError(RPC.resourceNotFound, 'Resource not found', { uri: asked });
  const result = await call.relay.request(
    route.identity,
    'resources/read',
    { ...params, uri: route.upstreamKey },
    call,
  );
  if (!Array.isArray(result.contents)) return stringifyExact(result);
  const exposed = (uri: string) => (uri === route.upstreamKey ? asked : resources.exposed(uri, route.identity));
  const contents = (result.contents as readonly Json[]).map((item) =>
    isJsonObject(item) ? exposeUri(item, exposed) : item,
  );
  return stringifyExact({ ...result, contents });
};
