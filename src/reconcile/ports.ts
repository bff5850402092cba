import type { Document, Kind, Origin, OriginType, ServiceManifest, ToolRules } from '../manifest/index.ts';
import type { Condition, Health, Lifecycle, Sync } from '../shared/condition.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import type { Json, JsonObject } from '../shared/json.ts';

/**
 * What the core needs of the outside, and the values that pass between them. Levels 2 and up implement or call these;
 * nobody above knows a concrete class but daemon.ts.
 */

/** A service's name: the key of every queue, map and row. */
export type Identity = string;

export type Unsubscribe = () => void;

// ---------------------------------------------------------------- desired

/** One service as it should be. Immutable; a new value with a higher generation replaces it. */
export interface Desired {
  readonly identity: Identity;
  /** Rises when specHash changes; persisted, never falls. */
  readonly generation: number;
  readonly specHash: string;
  /** Alone decides whether the running instance is replaced (manifest.md, runHash). */
  readonly runHash: string;
  /** runHash with restartedAt left out: what a quarantine belongs to. */
  readonly originHash: string;
  readonly manifest: ServiceManifest;
  readonly origin: DocumentOrigin;
  /** Why it must not run although it is desired: no policy, namespace taken, a secret that is missing, no driver. */
  readonly blocked?: Why;
  /** The file it came from is broken or contested; this is its last good form. */
  readonly stale?: Why;
}

export interface DocumentOrigin {
  /** Name of the source. */
  readonly source: string;
  readonly revision: string;
  /** As a person would write it: relative to the workspace where it lies inside. */
  readonly file: string;
  readonly line: number;
  /** Index of the document in its file. */
  readonly index: number;
}

/** A PascalCase reason of reasons.ts and the whole sentence for a person. */
export interface Why {
  readonly reason: string;
  readonly message: string;
}

// ---------------------------------------------------------------- sources

/** Everything a source says at one moment. Immutable. */
export interface Snapshot {
  readonly source: string;
  /** `dir@sha256:…` or `main@sha1:…`. */
  readonly revision: string;
  /** False where the folder could not be read or was not quiet: nothing may be removed because of it. */
  readonly complete: boolean;
  readonly files: readonly SnapshotFile[];
  /** Set while the source itself is in trouble: SourceMissing, SourceBusy, WatchDegraded, SourceUnreadable. */
  readonly condition?: Why;
}

export interface SnapshotFile {
  /** As shown to people. */
  readonly file: string;
  /** The documents to run: of this content, or of the last good one where `stale`. */
  readonly documents: readonly SnapshotDocument[];
  /** Of the content on disk now. */
  readonly diagnostics: readonly Diagnostic[];
  /** True where the content on disk has errors (or is unreadable) and `documents` are the last good ones. */
  readonly stale: boolean;
}

export interface SnapshotDocument {
  readonly kind: Kind;
  readonly name: string;
  readonly index: number;
  readonly line: number;
  readonly document: Document;
  readonly specHash: string;
}

export interface Source {
  readonly name: string;
  /** The folder that relative paths of its manifests are relative to. */
  readonly workspace: string;
  /** Where tools may write new documents; undefined for a source that is read only. */
  readonly writableRoot?: string;
  /** Begins to watch. Every change of the snapshot is reported, the first one too. */
  start(listener: (snapshot: Snapshot) => void): Promise<void>;
  /**
   * Looks again and resolves with the snapshot of a scan that began after this call; the listener has seen it by then.
   * `written`: files a writer of ours just replaced, with the content hash (they need no quiet time);
   * `removed`: documents a writer of ours took away (they need no second look).
   */
  refresh(hint?: RefreshHint, signal?: AbortSignal): Promise<Snapshot>;
  close(): Promise<void>;
}

export interface RefreshHint {
  readonly written?: readonly { readonly file: string; readonly contentHash: string }[];
  readonly removed?: readonly { readonly kind: Kind; readonly name: string }[];
}

/** Keeps the last good text of each file, so that a restart with a broken file still runs the fleet. */
export interface LastGoodStore {
  load(source: string): readonly { readonly file: string; readonly text: string }[];
  save(source: string, file: string, text: string): void;
  forget(source: string, file: string): void;
}

// ---------------------------------------------------------------- drivers

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
  /** Resolves when the whole process tree (or connection) is gone and forgotten; harmless for an unknown ref. */
  stop(ref: InstanceRef, context: ActContext & { graceMs: number }): Promise<void>;
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
}

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

// ---------------------------------------------------------------- memory and status

/** All that time and the past decide, as a value: crash loops are tested with a table. */
export interface Memory {
  /** Times of crashes and failed starts inside the window, oldest first; at most 100. */
  readonly failures: readonly number[];
  /** Failures since the last stable run: the exponent of the back-off. */
  readonly streak: number;
  readonly lastFailure?: Why & {
    readonly atMs: number;
    readonly terminal: boolean;
    readonly runHash: string;
    readonly generation: number;
  };
  readonly lastExit?: LastExit;
  /** The instance whose exit has been counted. */
  readonly countedExit?: string;
  /** The instance that is up but failed its introspection or probes: to be stopped. */
  readonly failedInstance?: string;
  /** An instance has run since the daemon began or the service was stopped: the next start is a restart. */
  readonly hasRun: boolean;
  /** Since when the current instance has been Ready. */
  readonly readySinceMs?: number;
  /** Every restart, automatic or asked, since the service was first seen. */
  readonly restarts: number;
  readonly quarantine?: Why & { readonly originHash: string; readonly sinceMs: number };
  /** The annotation value that was acted upon last. */
  readonly handledUnquarantineAt?: string;
  /** The instance whose interface is served. */
  readonly introspected?: { readonly instance: string; readonly atMs: number };
  /** The server said list_changed, or somebody asked. */
  readonly introspectWanted: boolean;
  readonly probe: { readonly lastAtMs?: number; readonly failures: number; readonly message?: string };
  /** What the running action says it does. */
  readonly phase?: string;
  readonly lastHandledReconcileAtMs?: number;
}

export interface ServiceStatus {
  /** Written only when this generation is settled: Ready or Stalled or stopped as desired. */
  readonly observedGeneration: number;
  readonly observedRevision: string;
  readonly sync: Sync;
  readonly health: Health;
  readonly lifecycle: Lifecycle;
  readonly conditions: readonly Condition[];
  readonly pid?: number;
  readonly startedAtMs?: number;
  readonly restarts: number;
  readonly lastExit?: LastExit;
  readonly nextAttemptAtMs?: number;
  readonly lastHandledReconcileAtMs?: number;
  readonly interface?: {
    readonly revision: string;
    readonly introspectedAtMs: number;
    readonly tools: number;
    readonly resources: number;
    readonly resourceTemplates: number;
    readonly prompts: number;
  };
}

export type Action =
  | { readonly kind: 'start'; readonly why: Why }
  | { readonly kind: 'stop'; readonly ref: InstanceRef; readonly why: Why }
  | { readonly kind: 'introspect'; readonly ref: InstanceRef; readonly why: Why }
  | { readonly kind: 'probe'; readonly ref: InstanceRef; readonly why: Why };

export type Plan =
  /** Carried out one after another; a failure ends the list. */
  | { readonly kind: 'act'; readonly actions: readonly Action[] }
  /** Nothing to do before `untilMs`. */
  | { readonly kind: 'wait'; readonly untilMs: number; readonly why: Why }
  /** A human is needed; looked at again at `untilMs` where set. */
  | { readonly kind: 'halt'; readonly why: Why; readonly untilMs?: number }
  /** As desired; `untilMs` is the next probe. */
  | { readonly kind: 'noop'; readonly why: Why; readonly untilMs?: number };

// ---------------------------------------------------------------- store

/** What is kept of a service. One row. */
export interface ServiceRow {
  readonly identity: Identity;
  /** When its document was first seen. */
  readonly firstSeenMs: number;
  /** Since when it claims its toolNamespace, where that is not since firstSeenMs: the first keeps it. */
  readonly namespaceSinceMs?: number;
  readonly generation: number;
  readonly specHash: string;
  readonly memory: Memory;
  readonly status?: ServiceStatus;
  /** The last desired form: serves as last good where the sources contradict each other, and as the inventory for pruning. */
  readonly manifest: ServiceManifest;
  readonly origin: DocumentOrigin;
}

export interface HistoryEntry {
  readonly identity: Identity;
  readonly generation: number;
  readonly specHash: string;
  readonly revision: string;
  readonly atMs: number;
  /** created, or the changed fields. */
  readonly what: string;
  /** managed-by, or empty for a person. */
  readonly who: string;
  readonly outcome: string;
}

export interface StatusStore {
  loadServices(): readonly ServiceRow[];
  /** Resolves after the commit. */
  saveService(row: ServiceRow): Promise<void>;
  forgetService(identity: Identity): Promise<void>;
  /** Keeps the newest 10 of an identity. */
  addHistory(entry: HistoryEntry): Promise<void>;
  /** Says how a generation ended: the reason of Ready when it was settled. */
  settleHistory(identity: Identity, generation: number, outcome: string): Promise<void>;
  history(identity: Identity): readonly HistoryEntry[];
}

export interface RuntimeEvent {
  /** Rises by one with each event, over restarts too. */
  readonly seq: number;
  readonly at: string;
  /** Dotted lower-case: service.started, service.failed, manifest.invalid, source.degraded, … */
  readonly kind: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly identity?: Identity;
  readonly reason?: string;
  readonly message: string;
  readonly data?: Json;
  /** How often it was said within the minute; absent for once. Only in what is listed. */
  readonly count?: number;
}

export interface EventSink {
  /** Persists (bounded) and hands to every listener; equal (identity, reason, message) in a row are folded within a minute. */
  emit(event: Omit<RuntimeEvent, 'seq' | 'at' | 'count'>): void;
}

export interface EventLog extends EventSink {
  /** Oldest first: the newest `limit`, or those after `afterSeq`. */
  list(filter: { identity?: Identity; afterSeq?: number; limit: number }): readonly RuntimeEvent[];
  listen(listener: (event: RuntimeEvent) => void): Unsubscribe;
}

export interface LogLine {
  readonly at: string;
  readonly stream: 'stdout' | 'stderr' | 'runtime';
  readonly text: string;
}

/** Raw output of services: bounded, rotated, secrets redacted. */
export interface ServiceLogs {
  append(identity: Identity, stream: LogLine['stream'], text: string): void;
  tail(identity: Identity, limit: number): Promise<readonly LogLine[]>;
  follow(identity: Identity, listener: (line: LogLine) => void): Unsubscribe;
}

// ---------------------------------------------------------------- secrets, writer, gateway

export interface SecretResolver {
  /**
   * The value behind `env:VAR`, `file:path`, `header_env:Header:VAR`, `legacy_env:NAME` or a bare legacy name (original contract §11).
   * Throws ClarityError SecretNotFound that names the place, never the value.
   */
  resolve(ref: string): Promise<string>;
  /** The HTTP header that an authRef stands for. */
  resolveHeader(ref: string): Promise<{ readonly name: string; readonly value: string }>;
}

export interface WriteResult {
  readonly outcome: 'created' | 'configured' | 'unchanged';
  readonly file: string;
  readonly contentHash: string;
  readonly source: string;
}

/** Atomic, conflict-checked, comment-preserving edits. Throws ClarityError Conflict with data.patch, NotFound, ManifestInvalid. */
export interface ManifestWriter {
  /** Writes a whole document where it is, or to `<root>/<name>.yaml`. `text` is one YAML document as the caller wrote it. */
  apply(request: {
    kind: Kind;
    name: string;
    text: string;
    at: DocumentOrigin | undefined;
    managedBy: string;
    force: boolean;
    folder?: string;
  }): Promise<WriteResult>;
  /** A minimal edit of anyone's document, without taking ownership. */
  edit(request: {
    kind: Kind;
    name: string;
    at: DocumentOrigin;
    set: readonly { path: readonly string[]; value: Json }[];
  }): Promise<WriteResult>;
  remove(request: { kind: Kind; name: string; at: DocumentOrigin; force: boolean }): Promise<WriteResult>;
  /** The unified diff that apply would make, without making it. */
  preview(request: {
    kind: Kind;
    name: string;
    text: string;
    at: DocumentOrigin | undefined;
    managedBy: string;
  }): Promise<{ outcome: WriteResult['outcome'] | 'conflict'; patch: string }>;
}

/** One service as the gateway sees it. */
export interface ServedService {
  readonly identity: Identity;
  readonly serviceId: string;
  readonly displayName: string;
  readonly namespace: string;
  readonly interface: InterfaceSnapshot;
  /** Every list must allow (spec.tools, allowedTools, policy). */
  readonly toolRules: readonly { allow?: readonly string[]; deny?: readonly string[] }[];
  readonly rename: NonNullable<ToolRules['rename']>;
  readonly limits: { readonly timeoutMs: number; readonly maxConcurrency: number; readonly queueLimit: number };
  /** Undefined while it restarts; its interface stays listed. */
  upstream(): Upstream | undefined;
}

export interface GatewayView {
  served(): readonly ServedService[];
  get(identity: Identity): ServedService | undefined;
  /** Something listed or its upstream changed. */
  onChange(
    listener: (change: { identity: Identity; tools: boolean; resources: boolean; prompts: boolean }) => void,
  ): Unsubscribe;
  /** Server notifications of any served instance that belong to no request. */
  onNotification(listener: (identity: Identity, method: string, params: JsonObject | undefined) => void): Unsubscribe;
}

export type OriginOf<T extends OriginType> = Extract<Origin, { type: T }>;
