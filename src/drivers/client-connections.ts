import type { Caller, Client, RequestOptions } from '../reconcile/ports.ts';
import type { Cancel, Clock } from '../shared/clock.ts';
import { errorMessage } from '../shared/errors.ts';
import type { JsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { ClientConnection } from './client-connection.ts';
import type { Connection, OpenConnection } from './connection.ts';

/** Beside the main one; mcp-gateway §7. */
const MAX_CONNECTIONS = 32;
const IDLE_MS = 300_000;
/** Of one that was opened only to read what its clients are offered: a look at the lists must not keep a process for each service. */
const UNUSED_MS = 60_000;
/** For a server whose connection is not needed any more. */
const CLOSE_GRACE_MS = 2000;
/** A connection that could not be opened is not tried again before. */
const REOPEN_MS = 1000;

export interface ClientConnectionsOptions {
  readonly clock: Clock;
  readonly open: OpenConnection;
  readonly log: (text: string) => void;
}

/** The connections of one instance that speak for clients: at most 32, opened when first needed, closed when idle. */
export class ClientConnections {
  readonly #options: ClientConnectionsOptions;
  /** Those that calls may take, and what stops their timers. */
  readonly #open = new Map<ClientConnection, Cancel>();
  /** All that have something to be ended. */
  readonly #unclosed = new Set<ClientConnection>();
  #isClosed = false;

  constructor(options: ClientConnectionsOptions) {
    this.#options = options;
  }

  opened(): readonly Connection[] {
    return [...this.#open.keys()].flatMap(({ current }) => current ?? []);
  }

  /** As Upstream.request, over the caller's connection. */
  async request(
    method: string,
    params: JsonObject | undefined,
    options: RequestOptions & { readonly caller: Caller },
  ): Promise<JsonObject> {
    const connection = await this.#take(options.caller, options);
    return connection.request(method, params, options, () => this.#end(connection, 'it does not answer any more'));
  }

  /** The connection that calls of the caller take, open. Rejects with RpcError, `data.sent` false. */
  async connectionFor(caller: Caller, options: Pick<RequestOptions, 'session' | 'signal'>): Promise<Connection> {
    const connection = await this.#take(caller, options);
    return connection.opened(options.signal);
  }

  /** The roots of a client have changed: its own connections hear of it, and no others. */
  changed(client: Client): void {
    for (const connection of this.#open.keys())
      if (connection.isOf(client) && connection.capabilities.roots !== undefined) void this.#tellRoots(connection);
  }

  /** Resolves when nothing of them is left, and no more are opened. Rejects where something does not end; called again then. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    for (const stopTimer of this.#open.values()) stopTimer();
    this.#open.clear();
    const closing = [...this.#unclosed].map(async (connection) => {
      await connection.close(graceMs);
      this.#unclosed.delete(connection);
    });
    const failures = (await Promise.allSettled(closing)).filter((result) => result.status === 'rejected');
    if (failures[0] !== undefined) throw failures[0].reason;
  }

  async #take(caller: Caller, options: Pick<RequestOptions, 'session' | 'signal'>): Promise<ClientConnection> {
    const isOwn = options.session === 'perClient';
    for (;;) {
      const connection = this.#connectionOf(caller.client, isOwn) ?? this.#openFor(caller, isOwn);
      await connection.opened(options.signal);
      // Otherwise it has become another client's own meanwhile.
      if (connection.isFor(caller.client)) return connection;
    }
  }

  /** One that is its own comes first; `isOwn`: no other will do. */
  #connectionOf(client: Client, isOwn: boolean): ClientConnection | undefined {
    const all = [...this.#open.keys()];
    return (
      all.find((connection) => connection.isOwnOf(client)) ??
      (isOwn ? undefined : all.find((connection) => connection.isFor(client)))
    );
  }

  /** Begins to open one; those who come meanwhile wait for the same. Throws RpcError where there are too many that are in use. */
  #openFor(caller: Caller, isOwn: boolean): ClientConnection {
    const { clock, open, log } = this.#options;
    if (this.#isClosed) throw new RpcError(RPC.unavailable, 'the service was stopped', { sent: false });
    this.#makeRoom();
    const connection = new ClientConnection(clock, caller, isOwn, async (represented, signal) => {
      const opened = await open(represented, signal);
      void opened.session.over.then(() => this.#end(connection, undefined));
      return opened;
    });
    this.#unclosed.add(connection);
    this.#open.set(connection, () => undefined);
    connection.opened().then(
      () => this.#watch(connection, UNUSED_MS),
      (error: unknown) => {
        log(errorMessage(error));
        this.#unclosed.delete(connection);
        this.#setTimer(connection, REOPEN_MS, () => this.#open.delete(connection));
      },
    );
    return connection;
  }

  /** The longest idle one gives way. */
  #makeRoom(): void {
    if (this.#open.size < MAX_CONNECTIONS) return;
    let oldest: { connection: ClientConnection; sinceMs: number } | undefined;
    for (const connection of this.#open.keys()) {
      const sinceMs = connection.idleSinceMs;
      if (sinceMs !== undefined && sinceMs < (oldest?.sinceMs ?? Infinity)) oldest = { connection, sinceMs };
    }
    if (oldest === undefined)
      throw new RpcError(RPC.overloaded, `all ${MAX_CONNECTIONS} connections of the service are in use`, {
        sent: false,
      });
    this.#end(oldest.connection, 'another client needs its place');
  }

  /** Ends a connection when nobody has needed it for its idle time. */
  #watch(connection: ClientConnection, afterMs: number): void {
    this.#setTimer(connection, afterMs, () => {
      const { idleSinceMs } = connection;
      const idleMs = connection.isUsed ? IDLE_MS : UNUSED_MS;
      const restMs = idleSinceMs === undefined ? idleMs : idleSinceMs + idleMs - this.#options.clock.now();
      if (restMs <= 0) this.#end(connection, `nobody has used it for ${String(idleMs / 60_000)} min`);
      else this.#watch(connection, restMs);
    });
  }

  #setTimer(connection: ClientConnection, afterMs: number, act: () => void): void {
    if (this.#open.has(connection)) this.#open.set(connection, this.#options.clock.after(afterMs, act));
  }

  /** Takes no more calls over it, and ends it; what does not end is tried again with the instance. */
  #end(connection: ClientConnection, why: string | undefined): void {
    const { log } = this.#options;
    this.#open.get(connection)?.();
    if (!this.#open.delete(connection)) return;
    if (why !== undefined) log(`a connection for clients is closed: ${why}`);
    connection.close(CLOSE_GRACE_MS).then(
      () => this.#unclosed.delete(connection),
      (error: unknown) => log(errorMessage(error)),
    );
  }

  async #tellRoots({ current }: ClientConnection): Promise<void> {
    try {
      await current?.session.notify('notifications/roots/list_changed');
    } catch (error) {
      this.#options.log(`roots/list_changed was not sent: ${errorMessage(error)}`);
    }
  }
}
