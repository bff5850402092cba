import type { JsonObject } from '../../shared/json.ts';

/** Where a server's words to a client go. */
export interface Audience {
  /**
   * Has the client answer a request of a server (sampling, elicitation, roots). Rejects with RpcError: the client's own error as it came,
   * methodNotFound where the client did not declare it, timeout, unavailable where it cannot be reached. When the signal fires the client is
   * told that it is cancelled.
   */
  ask(method: string, params: JsonObject | undefined, signal: AbortSignal): Promise<JsonObject>;
  /** Hands a notification on; without effect where the client cannot take it. */
  tell(method: string, params: JsonObject | undefined): void;
}

/** One session of the gateway as drivers know it: what it says here goes to its standing stream. */
export interface Client extends Audience {
  /** Unique over the life of the daemon; not the session's id, which is a secret of the client. */
  readonly id: string;
  /**
   * What it declared of that which the gateway relays (sampling, elicitation, roots), in a canonical order of keys: upstream exactly this is
   * declared, never more (mcp-gateway §4.6). Empty where it declared nothing.
   */
  readonly capabilities: JsonObject;
  /** Those as text: equal for clients that declared the same; empty where they declared nothing. */
  readonly capabilityKey: string;
}

/** Who made a request: what it hears during the request comes on the stream of that request. */
export interface Caller extends Audience {
  readonly client: Client;
}
