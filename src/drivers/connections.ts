import type {
  Activity,
  Caller,
  Client,
  InstanceRef,
  RequestOptions,
  Unsubscribe,
  Upstream,
  UpstreamConnection,
} from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { JsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { CallCount, isCall } from './call-count.ts';
import { ClientConnections } from './client-connections.ts';
import type { Connection, OpenConnection } from './connection.ts';
import type { Gate } from './gate.ts';
import type { Represented } from './represented.ts';
import type { NotificationListener } from './session.ts';
import { Told } from './told.ts';
import type { InstanceUpstream } from './upstream.ts';

export interface ConnectionsOptions {
  readonly ref: InstanceRef;
  readonly clock: Clock;
  /** Declares nothing: for our own looking after the server, and for clients that nothing can be asked of. */
  readonly main: Connection;
  readonly open: OpenConnection;
  /** The places of all connections together. */
  readonly gate: Gate;
  readonly log: (text: string) => void;
}

type ClientListListener = Parameters<NonNullable<Upstream['onClientListChanged']>>[0];

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
  readonly #ofClients: ClientConnections;
  readonly #listeners = new Set<NotificationListener>();
  readonly #listListeners = new Set<ClientListListener>();

  constructor(options: ConnectionsOptions) {
    const { ref, main, clock, gate, log } = options;
    this.ref = ref;
    this.server = main.server;
    this.#options = options;
    this.#count = new CallCount(clock);
    this.#told = new Told(log);
    this.#ofClients = new ClientConnections({
      clock,
      log,
      open: (represented, signal) => this.#openFor(represented, signal),
    });
    this.#follow(main, () => this.#told.all(main), '');
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
      if (caller !== undefined && needsOwn(caller.client, options.session))
        return this.#ofClients.request(method, params, { ...options, caller });
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

  async connectionFor(
    caller: Caller,
    options: Pick<RequestOptions, 'session' | 'signal'>,
  ): Promise<UpstreamConnection | undefined> {
    if (!needsOwn(caller.client, options.session)) return undefined;
    return asUpstream(await this.#ofClients.connectionFor(caller, options));
  }

  onClientListChanged(listener: ClientListListener): Unsubscribe {
    this.#listListeners.add(listener);
    return () => this.#listListeners.delete(listener);
  }

  clientChanged(client: Client): void {
    this.#ofClients.changed(client);
  }

  /** Resolves when nothing of the instance is left. Rejects where something does not end; called again then. */
  async close(graceMs: number): Promise<void> {
    const all = [this.#options.main.close(graceMs), this.#ofClients.close(graceMs)];
    const failures = (await Promise.allSettled(all)).filter((result) => result.status === 'rejected');
    if (failures[0] !== undefined) throw failures[0].reason;
  }

  /** What is said to the server as such, over the main connection; what lasts as long as a session is kept. */
  async #tell(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject> {
    this.#told.assertRoom(method);
    const result = await this.#options.main.session.request(method, params, options);
    this.#told.keep(method, params);
    if (method === 'logging/setLevel') for (const other of this.#ofClients.opened()) void this.#told.level(other);
    return result;
  }

  async #openFor(represented: Represented, signal: AbortSignal): Promise<Connection> {
    const connection = await this.#options.open(represented, signal);
    this.#follow(connection, () => this.#told.level(connection), represented.capabilityKey);
    await this.#told.level(connection);
    return connection;
  }

  /** `capabilityKey`: empty where the connection declares nothing, so that what it lists is what everybody is offered. */
  #follow(connection: Connection, onRenewed: () => Promise<void>, capabilityKey: string): void {
    const { session } = connection;
    session.onRenewed(() => void onRenewed());
    session.onNotification((method, params) => {
      if (capabilityKey !== '' && method.endsWith('/list_changed'))
        for (const listener of this.#listListeners) listener(capabilityKey, asUpstream(connection));
      else for (const listener of this.#listeners) listener(method, params);
    });
  }
}

function asUpstream({ session, server }: Connection): UpstreamConnection {
  return { server, request: (method, params, options) => session.request(method, params, options) };
}

/** True where calls of the client do not take the main connection, which is everybody's and declares nothing. */
function needsOwn({ capabilityKey }: Client, session: RequestOptions['session']): boolean {
  if (session === 'shared' || session === 'perClient') return session === 'perClient';
  return capabilityKey !== '';
}
