import type { Kind, ServiceManifest, ToolRules, ToolsetSpec } from '../../manifest/index.ts';
import type { Json, JsonObject } from '../../shared/json.ts';
import type { Caller } from './client.ts';
import type { DocumentOrigin, Identity, Unsubscribe, Why } from './desired.ts';
import type { InterfaceSnapshot, Upstream } from './driver.ts';
import type { CommitWish } from './repository.ts';
import type { Commit } from './source.ts';

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
  /** Of a git source where something changed: what was pushed. */
  readonly commit?: Commit;
}

/** Of a document in a folder it does nothing: that is written at once. */
export interface Writing {
  /** A document of a git source is committed and pushed; without it every change there is refused (Conflict). */
  commit?: CommitWish;
}

/** Atomic, conflict-checked, comment-preserving edits. Throws ClarityError Conflict with data.patch, NotFound, ManifestInvalid. */
export interface ManifestWriter {
  /** Writes a whole document where it is, or to `<root>/<name>.yaml`. `text` is one YAML document as the caller wrote it. */
  apply(
    request: Writing & {
      kind: Kind;
      name: string;
      text: string;
      at: DocumentOrigin | undefined;
      managedBy: string;
      force: boolean;
      folder?: string;
    },
  ): Promise<WriteResult>;
  /** A minimal edit of anyone's document, without taking ownership. */
  edit(
    request: Writing & {
      kind: Kind;
      name: string;
      at: DocumentOrigin;
      set: readonly { path: readonly string[]; value: Json }[];
    },
  ): Promise<WriteResult>;
  /**
   * Makes anyone's document mean again what `then` meant, without taking ownership; its annotations stay as they are, and so do the comments
   * of what is equal. `patch` is the unified diff; with `dryRun` nothing is written.
   */
  restore(
    request: Writing & { kind: Kind; name: string; at: DocumentOrigin; then: JsonObject; dryRun: boolean },
  ): Promise<WriteResult & { readonly patch: string }>;
  remove(request: Writing & { kind: Kind; name: string; at: DocumentOrigin; force: boolean }): Promise<WriteResult>;
  /**
   * The unified diff that apply without force or commit would make, or be refused with (conflict), without making it: without the owner's mark, which is never a difference, unless `exact` asks for
   * what would be written to the letter.
   */
  preview(request: {
    kind: Kind;
    name: string;
    text: string;
    at: DocumentOrigin | undefined;
    managedBy: string;
    folder?: string;
    exact?: boolean;
  }): Promise<{ outcome: WriteResult['outcome'] | 'conflict'; patch: string }>;
  /** The unified diff that remove would make, without making it; conflict where it would have to be forced. */
  previewRemoval(request: {
    kind: Kind;
    name: string;
    at: DocumentOrigin;
  }): Promise<{ outcome: 'removed' | 'conflict'; patch: string }>;
}

/** What a service offers to clients that declared capabilities: some servers list tools only to those that can be asked (mcp-gateway §4.6). */
export interface ServedOffers {
  /** As read for clients of exactly these; undefined where that was not read, or is what everybody is offered. */
  to(capabilityKey: string): InterfaceSnapshot | undefined;
  /**
   * Has it read for the caller, where it was not yet: resolves when that is done, or after 3 s at most, counted from the first who asked. Undefined
   * where there is nothing to be read now. Never rejects.
   */
  read(caller: Caller): Promise<void> | undefined;
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
  /** `retry`: of a remote service (manifest.md, origin.retry). */
  readonly limits: {
    readonly timeoutMs: number;
    readonly retry?: { readonly max: number; readonly backoffMs: number };
  };
  /** Which connections its clients share; auto where absent. */
  readonly session?: ServiceManifest['spec']['session'];
  /** What it offers to clients of which more can be asked. Absent where that is what everybody is offered. */
  readonly offers?: ServedOffers;
  /** Undefined while it restarts or sleeps; its interface stays listed. */
  upstream(): Upstream | undefined;
  /**
   * Has a service that sleeps (activation onDemand) started, and resolves with its channel, within startTimeoutMs; many callers wait for one
   * start. Rejects with RpcError (unavailable, `data.sent` false). Absent for a service that does not sleep.
   */
  readonly wake?: (signal: AbortSignal) => Promise<Upstream>;
}

/** One `kind: Toolset` document as the gateway sees it. Immutable; another value replaces it when anything of it changes. */
export interface ServedToolset {
  readonly name: string;
  /** Every declared service that it selects, served or not. */
  readonly members: ReadonlySet<Identity>;
  /** On names as /mcp lists them; rename gives whole names. */
  readonly tools: ToolRules;
  readonly mode: ToolsetSpec['mode'];
}

/** How many tools a list has, and about how many tokens it costs a model: a quarter of the bytes of its JSON. */
export interface ListSize {
  readonly tools: number;
  readonly tokens: number;
}

/** One tool that clients of a toolset can call. */
export interface ToolsetTool {
  /** In the toolset. */
  readonly name: string;
  readonly service: Identity;
  /** As its server calls it. */
  readonly upstreamName: string;
  readonly tokens: number;
}

/** What the clients of a toolset get. */
export interface ToolsetListing {
  /** Of what tools/list answers: in search mode two tools of ours. */
  readonly listed: ListSize;
  readonly tools: readonly ToolsetTool[];
  /** Rules that have no effect, each as a sentence. */
  readonly idleRules: readonly string[];
}

/** What the gateway lists, for those who show it to people. */
export interface GatewayListings {
  /** The tools of a service at /mcp; undefined where it is not served. */
  service(identity: Identity): ListSize | undefined;
  /** Undefined where no source declares it. */
  toolset(name: string): ToolsetListing | undefined;
}

export interface GatewayView {
  served(): readonly ServedService[];
  get(identity: Identity): ServedService | undefined;
  toolset(name: string): ServedToolset | undefined;
  /** A toolset, or which services it selects, changed. What its services serve is told by onChange. */
  onToolset(listener: (name: string) => void): Unsubscribe;
  /** Something listed or its upstream changed. */
  onChange(
    listener: (change: { identity: Identity; tools: boolean; resources: boolean; prompts: boolean }) => void,
  ): Unsubscribe;
  /** What a service offers to clients of these capabilities is another now; the lists as in onChange, all false where they are not to be told. */
  onOffer(
    listener: (change: {
      identity: Identity;
      capabilityKey: string;
      tools: boolean;
      resources: boolean;
      prompts: boolean;
    }) => void,
  ): Unsubscribe;
  /** Server notifications of any served instance that belong to no request. */
  onNotification(listener: (identity: Identity, method: string, params: JsonObject | undefined) => void): Unsubscribe;
  /** A call met a broken connection or no answer: its health is looked at now, instead of with the next probe. */
  suspect(identity: Identity): void;
  /** Its circuit breaker has opened, and why; undefined: it has closed. */
  circuit(identity: Identity, why: Why | undefined): void;
}
