import { errorMessage } from '../shared/errors.ts';
import type { JsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import type { Connection } from './connection.ts';

/** For telling a new session what the last one knew. */
const AGAIN_MS = 10_000;
/** Resources that one instance can be subscribed to. */
const MAX_SUBSCRIPTIONS = 10_000;

/** What a server was told that lasts as long as its session: told again where there is another one. */
export class Told {
  readonly #log: (text: string) => void;
  #level: JsonObject | undefined;
  readonly #uris = new Map<string, JsonObject>();

  constructor(log: (text: string) => void) {
    this.#log = log;
  }

  /** Throws RpcError RPC.overloaded {sent: false} where it is more than is kept. */
  assertRoom(method: string): void {
    if (method !== 'resources/subscribe' || this.#uris.size < MAX_SUBSCRIPTIONS) return;
    throw new RpcError(RPC.overloaded, `${MAX_SUBSCRIPTIONS} resources are subscribed to already`, { sent: false });
  }

  /** The server has accepted it. */
  keep(method: string, params: JsonObject | undefined): void {
    if (method === 'logging/setLevel') this.#level = params;
    const uri = params?.uri;
    if (typeof uri !== 'string') return;
    if (method === 'resources/subscribe') this.#uris.set(uri, { uri });
    else if (method === 'resources/unsubscribe') this.#uris.delete(uri);
  }

  /** Sets the level of a connection as it was last set, where there is one; what fails is logged. */
  async level({ session, server }: Connection): Promise<void> {
    if (this.#level === undefined || server.capabilities.logging === undefined) return;
    await this.#again(session, 'logging/setLevel', this.#level);
  }

  /** Of the main connection. */
  async all(connection: Connection): Promise<void> {
    await this.level(connection);
    for (const params of this.#uris.values()) await this.#again(connection.session, 'resources/subscribe', params);
  }

  async #again(session: Connection['session'], method: string, params: JsonObject): Promise<void> {
    try {
      await session.request(method, params, { timeoutMs: AGAIN_MS, maxTotalMs: AGAIN_MS });
    } catch (error) {
      this.#log(`${method} could not be sent to another session: ${errorMessage(error)}`);
    }
  }
}
