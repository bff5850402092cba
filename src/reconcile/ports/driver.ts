import type { OriginType, ServiceManifest } from '../../manifest/index.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Caller, Client } from './client.ts';
import type { Desired, Identity, Unsubscribe, Why } from './desired.ts';

/** One attempt at running one service. */
export interface InstanceRef {
  readonly identity: Identity;
  readonly runHash: string;
  /** Unique over the life of the daemon. */
  readonly id: string;
}

export interface LastExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly atMs: number;
  /** At most 20 lines, printable, secrets redacted. */
  readonly stderrTail: readonly string[];
  /** Set where it never ran or did not get ready: spawn error, handshake timeout, 401, connection refused. */
  readonly error?: Why;
}

export interface ObservedInstance {
  readonly ref: InstanceRef;
  readonly phase: 'starting' | 'running' | 'stopping' | 'exited';
  readonly startedAtMs: number;
  readonly pid?: number;
  readonly lastExit?: LastExit;
  /** While it runs, or is stopping. */
  readonly activity?: Activity;
}

/** What clients do with an instance: pings and readings of its lists are not counted. */
export interface Activity {
  /** Calls that are not answered yet. */
  readonly inFlight: number;
  /** Clock time at which the last call began or ended; undefined where there was none. */
  readonly lastAtMs?: number;
}

export interface ActContext {
  readonly signal: AbortSignal;
  /** The live line of Reconciling: "Starting npx …", "Waiting for initialize …". */
  phase(message: string): void;
}

/**
 * How a service really runs. One contract test suite holds every registered driver:
 * start, observe, stop are idempotent; stop kills the whole tree; the signal is honoured; observe never throws for "gone".
 */
export interface Driver {
  readonly type: OriginType;
  /** All instances of the identity that this process knows, exited ones until they are forgotten by stop. */
  observe(identity: Identity): readonly ObservedInstance[];
  /**
   * Resolves after the MCP handshake (initialize and notifications/initialized); starts nothing twice for one runHash.
   * Rejects with a ClarityError (CommandNotFound, StartFailed, SecretNotFound, Upstream…) and leaves nothing running; data.lastExit is a LastExit where a process ran.
   */
  start(desired: Desired, context: ActContext): Promise<InstanceRef>;
  /**
   * Resolves when the whole process tree (or connection) is gone and forgotten; harmless for an unknown ref. It is `stopping` from the beginning;
   * calls in flight are waited for first, at most `drainMs` (0 where absent). Several stops of one instance share the shortest wait; the
   * signal ends it, not the stop.
   */
  stop(ref: InstanceRef, context: ActContext & { graceMs: number; drainMs?: number }): Promise<void>;
  /** The channel to a running instance; undefined where it is not running. */
  connect(ref: InstanceRef): Upstream | undefined;
  /** Only wakes the queue, carries no facts. */
  onChange(listener: (identity: Identity) => void): Unsubscribe;
  /** Ends every instance; called once at shutdown. */
  close(graceMs: number): Promise<void>;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds without a sign of life (a progress notification starts it anew). On expiry the upstream is told to cancel. */
  readonly timeoutMs: number;
  /** Milliseconds in all; 10 × timeoutMs where absent. */
  readonly maxTotalMs?: number;
  /** Called with the params of each progress notification of this request, before the result resolves; its token is ours, not the caller's. */
  readonly onProgress?: (params: JsonObject) => void;
  /** A probe of ours: no client's activity. */
  readonly isProbe?: true;
  /** The client that makes it, to whom the server may turn meanwhile; absent: nobody is there to be asked. */
  readonly caller?: Caller;
  /** Which connections clients share (spec.session); auto where absent. */
  readonly session?: ServiceManifest['spec']['session'];
}

/** One of the connections to a server, with what the server said of itself over it. */
export type UpstreamConnection = Pick<Upstream, 'server' | 'request'>;

/** A message-level channel to one MCP server: results, errors and unknown keys pass as they came. */
export interface Upstream {
  readonly ref: InstanceRef;
  /** The InitializeResult as it came. */
  readonly server: {
    readonly protocolVersion: string;
    readonly capabilities: JsonObject;
    readonly serverInfo: JsonObject;
    readonly instructions?: string;
  };
  /** Rejects with RpcError: the upstream's own, or ours with `data.sent` (RPC.unavailable, RPC.timeout, RPC.overloaded). */
  request(method: string, params: JsonObject | undefined, options: RequestOptions): Promise<JsonObject>;
  notify(method: string, params?: JsonObject): Promise<void>;
  /** Server notifications that belong to no request (list_changed, message, resources/updated). */
  onNotification(listener: (method: string, params: JsonObject | undefined) => void): Unsubscribe;
  /**
   * The connection that calls of this caller take where that is one for clients, opened where it is not open; undefined where it is everybody's.
   * Rejects with RpcError (unavailable or overloaded, `data.sent` false). Absent where there is one connection for all.
   */
  connectionFor?(
    caller: Caller,
    options: Pick<RequestOptions, 'session' | 'signal'>,
  ): Promise<UpstreamConnection | undefined>;
  /** Over a connection for clients the server said that what it offers to clients of these capabilities has changed. */
  onClientListChanged?(listener: (capabilityKey: string, connection: UpstreamConnection) => void): Unsubscribe;
  /** The client's roots have changed: the server hears it where a connection is that client's own. */
  clientChanged?(client: Client): void;
  readonly activity: Activity;
}

/** What a server advertises, every definition verbatim (mcp-gateway §3.8). */
export interface InterfaceSnapshot {
  /** sha256 of the sorted canonical lists: changes only when the interface does. */
  readonly revision: string;
  readonly introspectedAtMs: number;
  readonly protocolVersion: string;
  readonly capabilities: JsonObject;
  readonly serverInfo: JsonObject;
  readonly instructions?: string;
  readonly tools: readonly JsonObject[];
  readonly resources: readonly JsonObject[];
  readonly resourceTemplates: readonly JsonObject[];
  readonly prompts: readonly JsonObject[];
}
