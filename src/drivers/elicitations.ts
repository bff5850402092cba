import type { Caller } from '../reconcile/ports.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';

const MAX_REMEMBERED = 256;

/**
 * Who was sent to which URL: that it is done there is told to that client alone (mcp-gateway §4.6), often long after the call. The newest
 * 256 of a connection are remembered.
 */
export class Elicitations {
  readonly #callers = new Map<string, Caller>();

  /** What a server asked (elicitation/create), or an entry of the error -32042. */
  sent(params: Json | undefined, caller: Caller): void {
    if (!isJsonObject(params) || typeof params.elicitationId !== 'string') return;
    this.#callers.set(params.elicitationId, caller);
    const [oldest] = this.#callers.keys();
    if (this.#callers.size > MAX_REMEMBERED && oldest !== undefined) this.#callers.delete(oldest);
  }

  /** The data of an error that says which URLs are to be visited first. */
  required(data: Json | undefined, caller: Caller): void {
    const entries: readonly Json[] = isJsonObject(data) && Array.isArray(data.elicitations) ? data.elicitations : [];
    for (const entry of entries.slice(0, MAX_REMEMBERED)) this.sent(entry, caller);
  }

  /** Whom a notifications/elicitation/complete is for; undefined where that is not known. */
  callerOf(params: JsonObject | undefined): Caller | undefined {
    const id = params?.elicitationId;
    return typeof id === 'string' ? this.#callers.get(id) : undefined;
  }
}
