import { RPC, RpcError } from '../../shared/json-rpc.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Call, Handler } from '../call.ts';
import type { Session } from '../sessions/session.ts';
import { stringParam } from './params.ts';

/** `resources/subscribe`: by the URI that the session uses, which its notifications carry. */
export const subscribe: Handler = async (params, call) => {
  const { session, uri } = wished(params, call);
  const route = call.catalog.resources.resolve(uri);
  if (route === undefined) throw new RpcError(RPC.resourceNotFound, 'Resource not found', { uri });
  await call.subscriptions.subscribe(session, uri, route, call.signal);
  return '{}';
};

/** `resources/unsubscribe`: also of what was never subscribed to. */
export const unsubscribe: Handler = (params, call) => {
  const { session, uri } = wished(params, call);
  call.subscriptions.unsubscribe(session, uri);
  return '{}';
};

function wished(params: JsonObject, { session }: Call): { readonly session: Session; readonly uri: string } {
  const uri = stringParam(params, 'uri');
  if (session === undefined) throw new RpcError(RPC.invalidRequest, 'A subscription needs a session');
  return { session, uri };
}
