import type { Caller, Client, RequestOptions } from '../reconcile/ports.ts';
import { aborted } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import { isJsonObject, type JsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import type { Connection, OpenConnection } from './connection.ts';
import type { Represented } from './represented.ts';

/** A server that left a call unanswered has so long to answer a ping. */
const PING_MS = 5000;
/** A task keeps the connection that made it, as long as it is kept itself; at most so long. */
const MAX_TASK_MS = 3_600_000;

/** A connection that speaks for clients: opened by the first call that needs it, with their capabilities. */
export class ClientConnection implements Represented {
  readonly capabilities: JsonObject;
  readonly capabilityKey: string;
  readonly #clock: Clock;
  readonly #cancel = new AbortController();
  readonly #opening: Promise<Connection>;
  #connection: Connection | undefined;
  #owner: string | undefined;
  #latest: Caller;
  #isShared = false;
  #isUsed = false;
  #inFlight = 0;
  /** Clock time: of its last call, or of the end of a task that it has made. */
  #neededUntilMs: number;

  /** `isOwn`: it is of this client alone from the beginning. */
  constructor(clock: Clock, first: Caller, isOwn: boolean, open: OpenConnection) {
    this.capabilities = first.client.capabilities;
    this.capabilityKey = first.client.capabilityKey;
    this.#clock = clock;
    this.#latest = first;
    this.#owner = isOwn ? first.client.id : undefined;
    this.#neededUntilMs = clock.now();
    this.#opening = open(this, this.#cancel.signal).then((connection) => (this.#connection = connection));
  }

  /** Resolves when it is open. Rejects with RpcError (unavailable or, where the signal fires, timeout; `data.sent` false). */
  async opened(signal?: AbortSignal): Promise<Connection> {
    try {
      return this.#connection ?? (await Promise.race(signal ? [this.#opening, aborted(signal)] : [this.#opening]));
    } catch (error) {
      if (signal?.aborted === true)
        throw new RpcError(RPC.timeout, 'cancelled while a connection was opened', { sent: false }, { cause: error });
      const why = `no connection for this client could be opened: ${errorMessage(error)}`;
      throw new RpcError(RPC.unavailable, why, { sent: false }, { cause: error });
    }
  }

  get current(): Connection | undefined {
    return this.#connection;
  }

  sole(): Caller | undefined {
    return this.#isShared ? undefined : this.#latest;
  }

  bind(client: Client): void {
    this.#owner ??= client.id;
  }

  /** True where calls of this client may go over it. */
  isFor(client: Client): boolean {
    if (this.#owner !== undefined) return this.#owner === client.id;
    return this.capabilityKey === client.capabilityKey;
  }

  /** True where no other client may use it. */
  isOwnOf(client: Client): boolean {
    return this.#owner === client.id;
  }

  /** True where it has spoken for this client alone. */
  isOf(client: Client): boolean {
    return this.#owner === client.id || (!this.#isShared && this.#latest.client.id === client.id);
  }

  /** True where a call has gone over it; it may also have been opened only to read what its clients are offered. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Since when nobody has needed it; undefined while somebody does. */
  get idleSinceMs(): number | undefined {
    if (this.#connection === undefined) return undefined;
    return this.#inFlight > 0 || this.#neededUntilMs > this.#clock.now() ? undefined : this.#neededUntilMs;
  }

  /** As Upstream.request. `onDeaf` runs where the server answers nothing any more. */
  async request(
    method: string,
    params: JsonObject | undefined,
    options: RequestOptions & { readonly caller: Caller },
    onDeaf: () => void,
  ): Promise<JsonObject> {
    const { caller } = options;
    this.#isShared ||= caller.client.id !== this.#latest.client.id;
    this.#latest = caller;
    this.#isUsed = true;
    this.#inFlight += 1;
    try {
      const { session } = await this.opened(options.signal);
      const result = await session.request(method, params, options);
      if (isJsonObject(result.task)) this.#keepFor(result.task);
      return result;
    } catch (error) {
      const isSilent = error instanceof RpcError && error.code === RPC.timeout && options.signal?.aborted !== true;
      if (isSilent) void this.#listen(onDeaf);
      throw error;
    } finally {
      this.#inFlight -= 1;
      this.#neededUntilMs = Math.max(this.#neededUntilMs, this.#clock.now());
    }
  }

  /** Ends it, also while it is being opened; see Connection.close. */
  async close(graceMs: number): Promise<void> {
    this.#cancel.abort(new ClarityError('NotReady', 'the connection was closed'));
    const connection = await this.#opening.catch(() => undefined); // has left nothing behind
    await connection?.close(graceMs);
  }

  #keepFor({ ttl }: JsonObject): void {
    const ms = typeof ttl === 'number' ? Math.min(Math.max(0, ttl), MAX_TASK_MS) : MAX_TASK_MS;
    this.#neededUntilMs = Math.max(this.#neededUntilMs, this.#clock.now() + ms);
  }

  /** The probes look at the main connection only. Any answer, a refusal too, is a sign of life. */
  async #listen(onDeaf: () => void): Promise<void> {
    try {
      await this.#connection?.session.request('ping', undefined, { timeoutMs: PING_MS, isProbe: true });
    } catch (error) {
      if (error instanceof RpcError && error.code === RPC.timeout) onDeaf();
    }
  }
}
