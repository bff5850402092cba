import type { Caller, Client } from '../reconcile/ports.ts';
import type { JsonObject } from '../shared/json.ts';

/** For whom a connection speaks to its server, beside the callers of the calls that are pending on it. */
export interface Represented {
  /** What is declared in initialize: exactly what those clients declared (mcp-gateway §4.6). */
  readonly capabilities: JsonObject;
  /** See Client.capabilityKey. */
  readonly capabilityKey: string;
  /** The latest caller of the only client that has used the connection so far; undefined where there are several, or none. */
  sole(): Caller | undefined;
  /** The server is told what only this client may know (its roots): from now on the connection is that client's own. */
  bind(client: Client): void;
}

/** Nobody: a connection over which nothing can be asked. */
export const NOBODY: Represented = {
  capabilities: {},
  capabilityKey: '',
  sole: () => undefined,
  bind: () => undefined,
};
