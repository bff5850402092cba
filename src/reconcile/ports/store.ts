import type { ServiceManifest } from '../../manifest/index.ts';
import type { Json, JsonObject } from '../../shared/json.ts';
import type { DocumentOrigin, Identity, Unsubscribe } from './desired.ts';
import type { InterfaceSnapshot } from './driver.ts';
import type { Memory, ServiceStatus } from './status.ts';

/** What is kept of a service. One row. */
export interface ServiceRow {
  readonly identity: Identity;
  /** When its document was first seen. */
  readonly firstSeenMs: number;
  /** Since when it claims its toolNamespace, where that is not since firstSeenMs: the first keeps it. */
  readonly namespaceSinceMs?: number;
  /** It vanished with too many others: only its return or a person's word ends that, whatever its status says meanwhile, and over restarts. */
  readonly braked?: true;
  /** Where a Source document, and no flag, names its source: what that says of pruning. It counts also when that document is gone. */
  readonly declaredSource?: { readonly prune: boolean };
  /** SnapshotDocument.namedFiles. */
  readonly namedFiles?: string;
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
  /** Pending, then the reason of Ready when it was settled, or Superseded. */
  readonly outcome: string;
  /** The document of that generation as it was written; absent in what an older version stored. */
  readonly document?: JsonObject;
}

/** What a service advertised when its lists were last read, and what ran then. */
export interface KeptInterface {
  readonly runHash: string;
  readonly snapshot: InterfaceSnapshot;
}

export interface StatusStore {
  loadServices(): readonly ServiceRow[];
  /** Resolves after the commit. */
  saveService(row: ServiceRow): Promise<void>;
  /** Its history and its interface go too. */
  forgetService(identity: Identity): Promise<void>;
  /** Keeps the newest 10 of an identity; an older one that is still Pending is Superseded. */
  addHistory(entry: HistoryEntry): Promise<void>;
  /** Says how a generation ended: the reason of Ready when it was settled. */
  settleHistory(identity: Identity, generation: number, outcome: string): Promise<void>;
  history(identity: Identity): readonly HistoryEntry[];
  /** What was saved last, by an earlier daemon too; sees what is committed. */
  loadInterface(identity: Identity): KeptInterface | undefined;
  /** Replaces what is kept. One of more than 1 MiB is not kept, nor is what was before it. Resolves after the commit. */
  saveInterface(identity: Identity, kept: KeptInterface): Promise<void>;
}

/** A change that waits for a person, or did, as it is kept. */
export interface ProposalRow {
  readonly id: string;
  readonly createdAtMs: number;
  /** All of it. */
  readonly proposal: JsonObject;
}

/** Who keeps bounds how many there are, and how large each is. */
export interface ProposalStore {
  /** The oldest first; what cannot be read is left out. */
  loadProposals(): readonly ProposalRow[];
  /** Resolves after the commit. */
  saveProposal(row: ProposalRow): Promise<void>;
  forgetProposals(ids: readonly string[]): Promise<void>;
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
