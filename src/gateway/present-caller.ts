import type { Audience, Caller, Client, ServedService } from '../reconcile/ports.ts';
import type { JsonObject } from '../shared/json.ts';
import { exposeLog } from './expose-log.ts';
import type { Scope } from './scope.ts';

/** A caller as one service turns to it: beside other services, what the service says to a person names it (mcp-gateway §4.6). */
export function presentCaller(caller: Caller, service: ServedService, scope: Scope): Caller {
  return new PresentedCaller(caller, service, scope);
}

class PresentedAudience implements Audience {
  readonly #to: Audience;
  readonly #service: ServedService;
  readonly #scope: Scope;

  constructor(to: Audience, service: ServedService, scope: Scope) {
    this.#to = to;
    this.#service = service;
    this.#scope = scope;
  }

  ask(method: string, params: JsonObject | undefined, signal: AbortSignal): Promise<JsonObject> {
    const message = method === 'elicitation/create' && this.#scope.kind !== 'service' ? params?.message : undefined;
    if (typeof message !== 'string') return this.#to.ask(method, params, signal);
    return this.#to.ask(method, { ...params, message: `[${this.#service.namespace}] ${message}` }, signal);
  }

  tell(method: string, params: JsonObject | undefined): void {
    const isLog = method === 'notifications/message' && params !== undefined;
    this.#to.tell(method, isLog ? exposeLog(params, this.#service.namespace, this.#scope) : params);
  }
}

class PresentedClient extends PresentedAudience implements Client {
  readonly id: string;
  readonly capabilities: JsonObject;
  readonly capabilityKey: string;

  constructor(client: Client, service: ServedService, scope: Scope) {
    super(client, service, scope);
    this.id = client.id;
    this.capabilities = client.capabilities;
    this.capabilityKey = client.capabilityKey;
  }
}

class PresentedCaller extends PresentedAudience implements Caller {
  readonly client: Client;

  constructor(caller: Caller, service: ServedService, scope: Scope) {
    super(caller, service, scope);
    this.client = new PresentedClient(caller.client, service, scope);
  }
}
