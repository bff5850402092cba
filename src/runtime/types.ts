import type { Kind, ToolsetSpec } from '../manifest/index.ts';
import type { InterfaceDiff } from '../reconcile/interface-diff.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import type { JsonObject } from '../shared/json.ts';
import type {
  Commit,
  Desired,
  DocumentOrigin,
  HistoryEntry,
  Identity,
  InterfaceSnapshot,
  ListSize,
  LogLine,
  Plan,
  RuntimeEvent,
  ServiceStatus,
  Snapshot,
  Source,
  ToolsetTool,
  Unsubscribe,
  Upstream,
  Why,
  WriteResult,
  Writing,
} from '../reconcile/ports.ts';

/** One service as every door sees it: desired, status and plan at one moment. */
export interface ServiceView {
  readonly desired: Desired;
  readonly status: ServiceStatus;
  readonly plan: Plan;
  readonly interface?: InterfaceSnapshot;
  readonly diagnostics: readonly Diagnostic[];
  readonly firstSeenMs: number;
  /** What its tools add to the list of /mcp; absent where it is not served. */
  readonly listed?: ListSize;
}

export interface PolicyView {
  readonly name: string;
  readonly spec: JsonObject;
  readonly origin?: DocumentOrigin;
  readonly usedBy: readonly Identity[];
}

/** One `kind: Toolset` document, and what its clients get now. */
export interface ToolsetView {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: ToolsetSpec;
  readonly origin: DocumentOrigin;
  /** Every service that it selects. */
  readonly services: readonly ToolsetMember[];
  /** What tools/list answers. */
  readonly listed: ListSize;
  /** What can be called. */
  readonly tools: readonly ToolsetTool[];
  /** What is on disk now is broken or contested: this is its last good form. */
  readonly stale?: Why;
  /** Entries and rules that do nothing, services that are not served: a sentence each. */
  readonly warnings: readonly string[];
}

export interface ToolsetMember {
  readonly name: Identity;
  readonly served: boolean;
  /** Its tools in the toolset. */
  readonly tools: number;
}

export interface SourceView {
  readonly name: string;
  readonly kind: Source['kind'];
  /** Source.location. */
  readonly path: string;
  /** Of one that has not spoken yet: no files, and the reason SourceUnavailable. */
  readonly snapshot: Snapshot;
  /** The Source document that declares it; absent where a flag does. */
  readonly declared?: DocumentOrigin;
}

export type Verb = 'start' | 'stop' | 'restart' | 'suspend' | 'resume' | 'unquarantine';
export type WaitFor =
  | { readonly kind: 'ready' | 'stopped' | 'delete' }
  | { readonly kind: 'condition'; readonly type: string; readonly status: string };

export interface ApplyOutcome extends WriteResult {
  readonly kind: Kind;
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Of a service only. */
  readonly view?: ServiceView;
}

/** What clients would gain, lose or see change, by the names that they see. */
export type PlannedInterface =
  | {
      readonly outcome: 'compared';
      readonly changes: InterfaceDiff;
      /** About what the list of its tools costs a model now and then. */
      readonly tokens: { readonly before: number; readonly after: number };
    }
  /** The candidate did not come up, or was not started. */
  | { readonly outcome: 'failed' | 'skipped'; readonly why: Why };

export interface PlannedChange {
  readonly kind: string;
  readonly name: string;
  readonly outcome: 'created' | 'configured' | 'unchanged' | 'conflict' | 'invalid' | 'removed';
  readonly patch: string;
  readonly fields: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[];
  /** Each begins with start, restart, replace, stop or remove; the reason follows in parentheses. */
  readonly actions: readonly string[];
  /** `net (http_get)`: what its module asks for and the one that runs did not; absent where there is nothing. */
  readonly newlyAsks?: readonly string[];
  /** Calls in flight of the instance that would be stopped or replaced. */
  readonly drains?: number;
  /** Of a service, where a probe was asked for. */
  readonly interface?: PlannedInterface;
  readonly diagnostics: readonly Diagnostic[];
}

/** How a document would be written. */
export interface WritesAs {
  /** managed-by. */
  readonly managedBy: string;
  /** Of the source, for a new document. */
  readonly folder?: string;
}

/** A generation of the history whose document is kept. */
export type RecordedGeneration = HistoryEntry & Required<Pick<HistoryEntry, 'document'>>;

/** A service after a change of its document. */
export type WrittenView = ServiceView & Pick<WriteResult, 'commit'>;

/** Where a document was that is removed now. */
export interface RemovedRecord {
  readonly file: string;
  readonly commit?: Commit;
}

/** What `undo` wrote, or would write in a dry run. */
export interface UndoOutcome {
  /** The generation whose document it is. */
  readonly to: number;
  readonly outcome: 'configured' | 'unchanged';
  readonly file: string;
  /** Unified diff of the manifest text. */
  readonly patch: string;
  /** What that would cause; of a dry run only. */
  readonly actions: readonly string[];
  readonly view: ServiceView;
  readonly commit?: Commit;
}

/** What every door (API, gateway) talks to. `id` is a name or a service id. Throws ClarityError NotFound for an unknown one. */
export interface RuntimeService {
  list(): readonly ServiceView[];
  get(id: string): ServiceView;
  policies(): readonly PolicyView[];
  /** By name. */
  toolsets(): readonly ToolsetView[];
  /** Throws NotFound. */
  toolset(name: string): ToolsetView;
  sources(): readonly SourceView[];
  /** A source is looked at again soon, nobody waits for it; many askings at once are one look. Throws NotFound. */
  refreshSoon(source: string): void;
  /** Of all sources, errors first. */
  diagnostics(): readonly Diagnostic[];
  /** True when each source has a complete snapshot or a Failed condition, and the store takes writes; the reasons otherwise. */
  readiness(): { readonly ready: boolean; readonly reasons: readonly string[] };

  /** `text`: YAML with one document or several. Throws ManifestInvalid with data.diagnostics. Answers when the source has seen it. */
  apply(
    text: string,
    options: Writing & { managedBy: string; force: boolean; folder?: string },
  ): Promise<readonly ApplyOutcome[]>;
  /**
   * What apply would do: the same writer preview, the same planner. Never throws for what the text says. With `probe` each service that
   * should run is started aside and stopped again, also when the signal fires. With `as` the patch is to the letter what that writer would write.
   */
  plan(
    texts: readonly { readonly file: string; readonly text: string }[],
    options: { prune: boolean; probe: boolean; as?: WritesAs },
    signal: AbortSignal,
  ): Promise<readonly PlannedChange[]>;
  /** What remove without force would do. Throws NotFound; a conflict is an outcome. */
  planRemoval(id: string): Promise<PlannedChange>;
  /** Edits the manifest; answers when the source has seen it. */
  command(id: string, verb: Verb, options?: Writing): Promise<WrittenView>;
  /**
   * Writes the document of an older generation back: the newest with another document, or generation `to`. Answers when the source has seen it.
   * Throws NotFound where there is no such generation, Conflict where the source cannot be written, with the commits to revert where it is git.
   */
  undo(id: string, options: Writing & { to?: number; dryRun: boolean }): Promise<UndoOutcome>;
  remove(
    id: string,
    options: Writing & { force: boolean },
  ): Promise<RemovedRecord & { readonly identity: Identity; readonly serviceId: string }>;
  /** Removes what only this service, which is gone or going, used of the artifact cache, never another file; whether there was any. */
  cleanUpArtifacts(identity: Identity): Promise<boolean>;
  removePolicy(name: string, options: Writing & { force: boolean }): Promise<RemovedRecord>;
  removeToolset(name: string, options: Writing & { force: boolean }): Promise<RemovedRecord>;
  /** Asks to look again: one service or all; withSource also rescans; reset clears the back-off, never a quarantine. */
  reconcile(id: string | undefined, options: { withSource: boolean; reset: boolean }): Promise<readonly ServiceView[]>;
  /** A person agrees that what vanished at this revision of a source may be stopped. Throws NotFound where no source is at it. */
  confirmPrune(revision: string): void;
  /** Reads the interface anew. */
  introspect(id: string, signal: AbortSignal): Promise<InterfaceSnapshot>;
  /** Looks at the folders, then waits until the condition holds for that generation; ends at once on Stalled. met=false on the deadline or Stalled. */
  waitFor(
    id: string,
    what: WaitFor,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<{ readonly met: boolean; readonly why: string; readonly view?: ServiceView }>;

  history(id: string): readonly HistoryEntry[];
  /** Throws NotFound, which names those there are, also where the document was not kept. */
  generation(id: string, generation: number): RecordedGeneration;
  events(filter: { id?: string; afterSeq?: number; limit: number }): readonly RuntimeEvent[];
  onEvent(listener: (event: RuntimeEvent) => void): Unsubscribe;
  logs(id: string, limit: number): Promise<readonly LogLine[]>;
  followLogs(id: string, listener: (line: LogLine) => void): Unsubscribe;
  upstream(id: string): Upstream | undefined;
}

/** A change that somebody asks for and a person has to agree to. */
export type WantedChange =
  | { readonly kind: 'apply'; readonly text: string; readonly folder?: string }
  | { readonly kind: 'remove'; readonly name: Identity };

/** waiting, then one of the others for good; outdated: what it would cause is not what was shown any more. */
export type ProposalState = 'waiting' | 'approved' | 'rejected' | 'outdated' | 'expired' | 'failed';

export interface Proposal {
  /** `p_` and 12 hex digits. */
  readonly id: string;
  readonly state: ProposalState;
  readonly change: WantedChange;
  /** Who asked: the MCP client by its name and version, printable; and the tool. */
  readonly by: string;
  readonly tool: string;
  /** What it would do, as diff shows it, when it was asked for; to the letter what would be written. */
  readonly plan: readonly PlannedChange[];
  /** `sha256:<hex>` of the change and of what `plan` makes of the manifests, not of its actions, which are as of the moment: an approval is of exactly this. */
  readonly planHash: string;
  readonly createdAtMs: number;
  /** A waiting one is gone then. */
  readonly expiresAtMs: number;
  readonly decision?: { readonly by: string; readonly atMs: number; readonly why?: string };
}

/** Changes that wait for a person. Nothing is written before one has agreed; who asks cannot agree. */
export interface ProposalService {
  /** Plans the change and keeps it. Throws ManifestInvalid, NotFound, Conflict as apply and remove would, TooMany where too many wait. */
  propose(request: { readonly change: WantedChange; readonly by: string; readonly tool: string }): Promise<Proposal>;
  /** The newest first. */
  list(): readonly Proposal[];
  /** Throws NotFound. */
  get(id: string): Proposal;
  /**
   * Plans it again; where the plan is still that of `planHash`, writes what was proposed. Throws Conflict where it is not (the proposal is outdated
   * then), or where it does not wait.
   */
  approve(id: string, decision: { readonly planHash: string; readonly by: string }): Promise<Proposal>;
  reject(id: string, decision: { readonly by: string; readonly why?: string }): Promise<Proposal>;
  /** Resolves when it does not wait any more, or with it as it is when the signal fires. */
  decided(id: string, signal: AbortSignal): Promise<Proposal>;
  onChange(listener: (proposal: Proposal) => void): Unsubscribe;
}
