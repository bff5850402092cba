import type { GatewayServer } from './gateway-server.ts';
import { fakeUpstream } from './fake-upstream.ts';
import { snapshotOf, type ServedFleet } from './served-fleet.ts';
import type { JsonObject } from '../../src/shared/json.ts';

/** What a service that offers subscriptions shows. */
export const DOCS = snapshotOf({
  capabilities: { resources: { subscribe: true } },
  resources: [{ uri: 'doc://a' }, { uri: 'doc://b' }],
  resourceTemplates: [{ uriTemplate: 'tree://x/{+path}' }],
});

/** An instance that writes down who subscribes to what: `first +doc://a`. */
export function subscribable(
  identity: string,
  said: string[],
  id = 'first',
  answer: () => Promise<JsonObject> = () => Promise.resolve({}),
) {
  return fakeUpstream(
    identity,
    (method, params) => {
      said.push(`${id} ${method === 'resources/subscribe' ? '+' : '-'}${params.uri as string}`);
      return answer();
    },
    id,
  );
}

/** POSTs resources/subscribe or resources/unsubscribe; the answer. */
export async function subscription(
  server: GatewayServer,
  session: Record<string, string>,
  uri: string,
  method: 'subscribe' | 'unsubscribe' = 'subscribe',
  path?: string,
): Promise<any> {
  return server.call(`resources/${method}`, { uri }, session, path);
}

/** The service says that the resource has changed. */
export function changed(fleet: ServedFleet, identity: string, uri: string): void {
  fleet.told(identity, 'notifications/resources/updated', { uri, title: 'verbatim' });
}
