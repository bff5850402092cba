import type { Caller } from '../reconcile/ports.ts';
import type { JsonObject } from '../shared/json.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Relay } from './relay.ts';
import type { Session } from './sessions/session.ts';
import type { Subscriptions } from './subscriptions/subscriptions.ts';
import type { Tasks } from './tasks/tasks.ts';

/** One request on its way: what its handler may use. */
export interface Call {
  readonly catalog: Catalog;
  /**
   * The catalogue once that which services offer to clients like this one was read, in a few seconds at most; undefined where nothing is to be
   * read. Absent for a client that declared nothing.
   */
  readonly latestCatalog?: () => Promise<Catalog | undefined> | undefined;
  readonly relay: Relay;
  readonly subscriptions: Subscriptions;
  readonly tasks: Tasks;
  /** Who is asking, with or without a session. */
  readonly principal: string;
  /** Fires when the caller cancels, or has gone without a session, or the session ends. */
  readonly signal: AbortSignal;
  /** Sends a notification that belongs to this request, before its result; without effect where the caller cannot take it. */
  readonly notify: (method: string, params: JsonObject) => void;
  /** The session's client, for what servers ask of it while the call runs; absent without a session. */
  readonly caller?: Caller;
  readonly session?: Session;
  /** Milliseconds in all for requests that wait by their nature; else the service's own limit holds. */
  readonly timeoutMs?: number;
}

/** JSON: as text, or as its bytes where it is large and sent often. */
export type JsonText = string | Buffer;

/** Answers one method: the result as JSON. Throws RpcError. */
export type Handler = (params: JsonObject, call: Call) => JsonText | Promise<JsonText>;

/** The reason of an abort that the caller asked for: nothing is answered then (mcp-gateway §4.3). */
export class CancelledByCaller extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CancelledByCaller';
  }
}
