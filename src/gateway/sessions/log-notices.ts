import type { GatewayView, Identity, Unsubscribe } from '../../reconcile/ports.ts';
import type { JsonObject } from '../../shared/json.ts';
import { exposeLog } from '../expose-log.ts';
import { scopeShows } from '../scope.ts';
import type { SessionRegistry } from './session-registry.ts';

/** Log messages of services that belong to no call go to the sessions that set a level and see the service (mcp-gateway §4.5). */
export class LogNotices {
  readonly #view: GatewayView;
  readonly #sessions: SessionRegistry;
  readonly #unsubscribe: Unsubscribe;

  constructor(view: GatewayView, sessions: SessionRegistry) {
    this.#view = view;
    this.#sessions = sessions;
    this.#unsubscribe = view.onNotification((identity, method, params = {}) => {
      if (method === 'notifications/message') this.#tell(identity, params);
    });
  }

  close(): void {
    this.#unsubscribe();
  }

  #tell(identity: Identity, params: JsonObject): void {
    const service = this.#view.get(identity);
    if (service === undefined) return;
    for (const { client, terms } of this.#sessions.values())
      if (client.logLevel !== undefined && scopeShows(terms.scope, identity, this.#view))
        client.tell('notifications/message', exposeLog(params, service.namespace, terms.scope));
  }
}
