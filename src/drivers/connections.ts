import type {
  Activity,
  Caller,
  Client,
  InstanceRef,
  RequestOptions,
  Unsubscribe,
  Upstream,
} from '../reconcile/ports.ts';
import type { ServiceManifest } from '../manifest/index.ts';
import type { Cancel, Clock } from '../shared/clock.ts';
import { errorMessage } from '../shared/errors.ts';
import type { JsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { CallCount, isCall } from './call-count.ts';
import { ClientConnection } from './client-connection.ts';
import type { Connection, OpenConnection } from './connection.ts';
import type { Gate } from './gate.ts';
import type { NotificationListener } from './session.ts';
import { Told } from './told.ts';
import type { InstanceUpstream } from './upstream.ts';

/** Beside the main one; mcp-gateway §7. */
const MAX_CONNECTIONS = 32;
const IDLE_MS = 300_000;
/** For a server whose connection is not needed any more. */
const CLOSE_GRACE_MS = 2000;
/** A connection that could not be opened is not tried again before. */
const REOPEN_MS = 1000;

export interface ConnectionsOptions {
  readonly ref: InstanceRef;
  readonly clock: Clock;
  readonly mode: ServiceManifest['spec']['session'];
  /** Declares nothing: for our own looking after the server, and for clients that nothing can be asked of. */
  readonly main: Connection;
  readonly open: OpenConnection;
  /** The places of all connections together. */
  readonly gate: Gate;
  readonly log: (text: string) => void;
}

/**
 * The connections of one instance, and which of them a request takes (spec.session): `auto`, one for each set of capabilities that clients
 * declare; `perClient`, one for each client; `shared`, the main one for all. They end with the instance, or after five idle minutes.
 */
export class Connections implements InstanceUpstream {
  readonly ref: InstanceRef;
  readonly server: Upstream['server'];
  readonly #options: ConnectionsOptions;
  readonly #count: CallCount;
  readonly #told: Told;
  /** Those that calls may take, and what stops their timers. */
  readonly #open = new Map<ClientConnection, Cancel>();
  /** All that have something to be ended. */
  readonly #unclosed = new Set<ClientConnection>();
  readonly #listeners = new Set<NotificationListener>();
  #isClosed = false;

  constructor(options: ConnectionsOptions) {
    const { ref, main, clock, gate, log } = options;
    this.ref = ref;
    this.server = main.server;
    this.#options = options;
    this.#count = new CallCount(clock);
    this.#told = new Told(log);
    this.#follow(main, () => this.#told.all(main));
    void main.session.over.then(() =>
      gate.close(new RpcError(RPC.unavailable, 'the connection is over', { sent: false })),
    );
  }

  get activity(): Activity {
    return this.#count.activity;
  }

  idle(): Promise<void> {
    return this.#count.idle();
  }

  request(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    return this.#count.run(method, options.isProbe === true, () => {
      const { caller } = options;
      const isOfClient = isCall(method) || method.startsWith('tasks/');
      if (!isOfClient) return this.#tell(method, params, options);
      if (caller !== undefined && this.#needsOwn(caller.client))
        return this.#requestFor(caller, method, params, { ...options, caller });
      return this.#options.main.session.request(method, params, options);
    });
  }

  notify(method: string, params?: JsonObject): Promise<void> {
    return this.#options.main.session.notify(method, params);
  }

  onNotification(listener: NotificationListener): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clientChanged(client: Client): void {
    for (const connection of this.#open.keys())
      if (connection.isOf(client) && connection.capabilities.roots !== undefined) void this.#tellRoots(connection);
  }

  /** Resolves when nothing of the instance is left. Rejects where something does not end; called again then. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    for (const stopTimer of this.#open.values()) stopTimer();
    this.#open.clear();
    const all = [this.#options.main, ...this.#unclosed];
    const results = await Promise.allSettled(all.map((connection) => connection.close(graceMs)));
    const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} connections could not be ended`);
    this.#unclosed.clear();
  }

  /** What is said to the server as such, over the main connection; what lasts as long as a session is kept. */
  async #tell(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    this.#told.assertRoom(method);
    const result = await this.#options.main.session.request(method, params, options);
    this.#told.keep(method, params);
    if (method === 'logging/setLevel')
      for (const { current } of this.#open.keys()) if (current !== undefined) void this.#told.level(current);
    return result;
  }

  #needsOwn({ capabilities }: Client): boolean {
    const { mode } = this.#options;
    return mode === 'perClient' || (mode === 'auto' && Object.keys(capabilities).length > 0);
  }

  async #requestFor(
    caller: Caller,
    method: string,
    params: JsonObject | undefined,
    options: RequestOptions & { readonly caller: Caller },
  ): Promise<JsonObject> {
    for (;;) {
      const connection = this.#connectionOf(caller.client) ?? this.#openFor(caller);
      await connection.opened(options.signal);
      // Otherwise it has become another client's own meanwhile.
      if (connection.isFor(caller.client))
        return connection.request(method, params, options, () => this.#end(connection, 'it does not answer any more'));
    }
  }

  #connectionOf(client: Client): ClientConnection | undefined {
    const fitting = [...this.#open.keys()].filter((connection) => connection.isFor(client));
    return fitting.find((connection) => connection.isOf(client)) ?? fitting[0];
  }

  /** Begins to open one; those who come meanwhile wait for the same. Throws RpcError where there are too many that are in use. */
  #openFor(caller: Caller): ClientConnection {
    const { clock, mode, open, log } = this.#options;
    if (this.#isClosed) throw new RpcError(RPC.unavailable, 'the service was stopped', { sent: false });
    this.#makeRoom();
    const connection = new ClientConnection(clock, caller, mode === 'perClient', async (represented, signal) => {
      const opened = await open(represented, signal);
      this.#follow(opened, () => this.#told.level(opened));
      void opened.session.over.then(() => this.#end(connection, undefined));
      await this.#told.level(opened);
      return opened;
    });
    this.#unclosed.add(connection);
    this.#open.set(connection, () => undefined);
    connection.opened().then(
      () => this.#watch(connection, IDLE_MS),
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

  /** Ends a connection when nobody has needed it for five minutes. */
  #watch(connection: ClientConnection, afterMs: number): void {
    this.#setTimer(connection, afterMs, () => {
      const { idleSinceMs } = connection;
      const restMs = idleSinceMs === undefined ? IDLE_MS : idleSinceMs + IDLE_MS - this.#options.clock.now();
      if (restMs <= 0) this.#end(connection, 'nobody has used it for five minutes');
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

  #follow({ session }: Connection, onRenewed: () => Promise<void>): void {
    session.onRenewed(() => void onRenewed());
    session.onNotification((method, params) => {
      for (const listener of this.#listeners) listener(method, params);
    });
  }

  async #tellRoots({ current }: ClientConnection): Promise<void> {
    try {
      await current?.session.notify('notifications/roots/list_changed');
    } catch (error) {
      this.#options.log(`roots/list_changed was not sent: ${errorMessage(error)}`);
    }
  }
}
