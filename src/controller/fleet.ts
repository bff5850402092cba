import {
  diffDocuments,
  type Kind,
  type PolicyManifest,
  type ServiceManifest,
  type SourceManifest,
  type ToolsetManifest,
  ANNOTATIONS,
} from '../manifest/index.ts';
import { findBlockers } from '../reconcile/admission.ts';
import { findCycles } from '../reconcile/dependencies.ts';
import { EMPTY_MEMORY } from '../reconcile/memory.ts';
import { conflictWhy, type Claim, type Merged } from '../reconcile/merge.ts';
import type { DocumentOrigin, HistoryEntry, Identity, ServiceRow, Snapshot, Why } from '../reconcile/ports.ts';
import { guardPrune, type PruneInputs } from '../reconcile/prune.ts';
import { findCondition } from '../shared/condition.ts';
import type { JsonObject } from '../shared/json.ts';
import { ClaimIndex } from './claim-index.ts';
import { DocumentRecords, namesOf } from './document-records.ts';
import type { Entry } from './entry.ts';
import { PruneLedger } from './prune-ledger.ts';

/** What the sources say, and people say of it. */
type Said = Pick<PruneInputs, 'snapshots' | 'sources' | 'removedByUs' | 'confirmed'> & { readonly now: number };

/** What one look at the sources changed. */
export interface Absorbed {
  /** To be reconciled. */
  readonly changed: ReadonlySet<Identity>;
  /** One for each new generation; until it is `recorded`, its service is not to be looked at. */
  readonly history: readonly HistoryEntry[];
}

/** Every known service, policy and toolset: the merge of all snapshots with what the store remembers. */
export class Fleet {
  readonly entries = new Map<Identity, Entry>();
  readonly policies = new DocumentRecords<PolicyManifest>('Policy');
  readonly toolsets = new DocumentRecords<ToolsetManifest>('Toolset');
  readonly sources = new DocumentRecords<SourceManifest>('Source');
  /** Every document that any source declares. */
  readonly claims = new ClaimIndex();
  /** Keys that changed files name, until they have been taken in. */
  #touched: ReadonlySet<string> = new Set();
  /** Known services that no source declares: all, until the sources have spoken. */
  readonly #undeclared = new Set<Identity>();
  /** Something changed that decides who may start; of rows of an earlier daemon nothing is known yet. */
  #admissionDue = true;
  readonly #ledger = new PruneLedger();

  constructor(rows: readonly ServiceRow[]) {
    // What ran under an earlier daemon ended with it: the first start is no restart, and nothing is ready yet.
    for (const row of rows) {
      const {
        readySinceMs: _ready,
        introspected: _introspected,
        failedInstance: _failed,
        countedExit: _counted,
        phase: _phase,
        known: _known,
        wanted: _wanted,
        started: _started,
        circuit: _circuit,
        lastFailure,
        ...rest
      } = row.memory;
      // The environment may be another: what failed for want of a command, a secret or a permission is tried at once.
      const memory = lastFailure === undefined || lastFailure.terminal ? rest : { ...rest, lastFailure };
      this.entries.set(row.identity, {
        row: { ...row, memory: { ...memory, hasRun: false, introspectWanted: false, probe: { failures: 0 } } },
        deleted: false,
        bornContested: false,
        ...(row.status === undefined ? {} : { status: row.status }),
        ...settledBefore(row),
      });
      this.#undeclared.add(row.identity);
    }
  }

  /**
   * Takes in what the sources say now. Level-triggered: the outcome depends on the snapshots and the rows only, though only what
   * changed files name is looked at anew.
   */
  absorb(inputs: Said): Absorbed {
    const changed = new Set<Identity>();
    const history: HistoryEntry[] = [];
    this.#touched = new Set([...this.#touched, ...this.claims.update(inputs.snapshots)]);
    this.#absorbPolicies(inputs.snapshots, changed);
    this.toolsets.absorb(this.claims, this.#touched, inputs.snapshots);
    this.sources.absorb(this.claims, this.#touched, inputs.snapshots);
    for (const item of this.#merged('MCPService'))
      if (this.#absorbService(item, inputs, history)) changed.add(item.name);
    this.#noteUndeclared();
    this.#touched = new Set();
    this.policies.followRevisions(this.claims);
    this.toolsets.followRevisions(this.claims);
    this.sources.followRevisions(this.claims);
    this.#prune(inputs, changed);
    if (this.#admissionDue) this.#admit(changed);
    this.#admissionDue = false;
    return { changed, history };
  }

  /** What is declared now of the touched keys of a kind. */
  *#merged(kind: Kind): Generator<Merged> {
    for (const name of namesOf(kind, this.#touched)) {
      const item = this.claims.get(kind, name);
      if (item !== undefined) yield item;
    }
  }

  #noteUndeclared(): void {
    for (const identity of namesOf('MCPService', this.#touched))
      if (this.claims.has('MCPService', identity)) this.#undeclared.delete(identity);
      else if (this.entries.has(identity)) this.#undeclared.add(identity);
  }

  /**
   * The entry with the revision of its source now. An edit of one file moves that of all that its source declares: whoever looks at one
   * asks for it, so that the edit need not go over the fleet.
   */
  follow(entry: Entry): Entry {
    const { identity, origin } = entry.row;
    const revision = this.claims.revisionOf('MCPService', identity);
    if (revision !== undefined && revision !== origin.revision)
      entry.row = { ...entry.row, origin: { ...origin, revision } };
    return entry;
  }

  #prune(inputs: Said, changed: Set<Identity>): void {
    if (this.#hasGone()) this.#pruneGone(inputs, changed);
    for (const source of inputs.confirmed.keys()) this.#ledger.forget(source);
  }

  /** True where a service is in nobody's files any more and nothing is decided about it, or only for the time being. */
  #hasGone(): boolean {
    let found = false;
    for (const identity of this.#undeclared) {
      const entry = this.entries.get(identity);
      if (entry === undefined) this.#undeclared.delete(identity);
      else if (!entry.deleted) found = true;
    }
    return found;
  }

  #pruneGone(inputs: Said, changed: Set<Identity>): void {
    const declared = { has: (identity: Identity) => this.claims.has('MCPService', identity) };
    // What is already on its way out is decided: it counts no more, and no later look may bring it back.
    const inventory = [...this.entries.values()].filter(({ deleted }) => !deleted).map(({ row }) => row);
    const blocked = new Set([...this.entries.values()].flatMap(({ row }) => (row.braked ? [row.identity] : [])));
    const lost = this.#ledger.lost(inputs.now);
    const declaredSources = new Map([...this.sources].map(([name, { spec }]) => [name, spec]));
    const { remove, keep, vanished } = guardPrune({ inventory, declared, declaredSources, blocked, lost, ...inputs });
    for (const [source, count] of vanished) this.#ledger.lose(source, count, inputs.now);
    for (const identity of remove) this.#update(identity, { deleted: true }, changed);
    for (const [identity, why] of keep) this.#update(identity, { deleted: false, stale: why }, changed);
  }

  /** A new generation stands in the history. */
  recorded({ identity, generation }: HistoryEntry): void {
    const entry = this.entries.get(identity);
    if (entry?.unrecorded === generation) delete entry.unrecorded;
  }

  /** Serves whoever asks by name or by service id. */
  find(id: string): Entry | undefined {
    const byName = this.entries.get(id);
    if (byName !== undefined) return byName;
    for (const entry of this.entries.values()) if (entry.row.manifest.metadata.serviceId === id) return entry;
    return undefined;
  }

  /** Why services may not start, were `candidate` the row of its identity; without one, as things are. */
  blockers(candidate?: ServiceRow): ReadonlyMap<Identity, Why> {
    const live = [...this.entries.values()].filter(({ deleted }) => !deleted).map(({ row }) => row);
    const rows =
      candidate === undefined ? live : [...live.filter(({ identity }) => identity !== candidate.identity), candidate];
    const policies = new Map([...this.policies].map(([name, { spec }]) => [name, spec]));
    const dependencies = new Map(
      rows.flatMap(({ identity, manifest }) => {
        const { dependsOn } = manifest.spec;
        return dependsOn.length === 0 ? [] : [[identity, dependsOn] as const];
      }),
    );
    return new Map([...findCycles(dependencies), ...findBlockers(rows, policies)]);
  }

  #absorbService(item: Merged, inputs: Said, history: HistoryEntry[]): boolean {
    const { now } = inputs;
    const [claim] = item.claims;
    const conflict = item.claims.length > 1 ? conflictWhy(item) : undefined;
    const manifest = claim.document.document as ServiceManifest;
    const entry = this.entries.get(item.name);
    if (entry === undefined) {
      const first = firstRow(manifest, claim.document.specHash, claim.origin, now);
      const row = { ...first, ...this.#ofSource(claim, inputs) };
      const bornContested = conflict !== undefined;
      const born: Entry = { row, deleted: false, bornContested, unrecorded: row.generation };
      setStale(born, conflict ?? claim.stale);
      this.entries.set(item.name, born);
      this.#admissionDue = true;
      history.push(historyOf(row, undefined, claim.document.raw, now));
      this.#ledger.gain(row.origin.source);
      return true;
    }
    const stale = conflict ?? claim.stale;
    const wasDeleted = entry.deleted;
    const decisive = admissionKey(entry);
    const same =
      entry.row.manifest === manifest &&
      samePlace(entry.row.origin, claim.origin) &&
      entry.row.namedFiles === claim.document.namedFiles &&
      sameWhy(entry.stale, stale) &&
      !wasDeleted;
    entry.deleted = false;
    letGo(entry);
    setStale(entry, stale);
    if (conflict === undefined) this.#adopt(entry, claim, manifest, inputs, history);
    if (admissionKey(entry) !== decisive) this.#admissionDue = true;
    return !same;
  }

  /** The claim becomes the row; a changed hash is a new generation. */
  #adopt(entry: Entry, claim: Claim, manifest: ServiceManifest, inputs: Said, history: HistoryEntry[]): void {
    const before = entry.row;
    const { namedFiles: _files, declaredSource: _source, ...kept } = before;
    const { now } = inputs;
    entry.bornContested = false;
    entry.row = {
      ...nextRow(kept, manifest, claim.document.specHash, now),
      origin: claim.origin,
      ...this.#ofSource(claim, inputs),
    };
    if (entry.row.generation === before.generation) return;
    entry.unrecorded = entry.row.generation;
    history.push(historyOf(entry.row, before, claim.document.raw, now));
  }

  /** What a row has of its source and of the files there. */
  #ofSource({ document, origin }: Claim, { sources }: Said): Pick<ServiceRow, 'declaredSource' | 'namedFiles'> {
    const { namedFiles } = document;
    const spec = sources.has(origin.source) ? undefined : this.sources.get(origin.source)?.spec;
    return {
      ...(spec === undefined ? {} : { declaredSource: { prune: spec.prune } }),
      ...(namedFiles === undefined ? {} : { namedFiles }),
    };
  }

  /** Like services, policies are not gone because a source cannot be read. */
  #absorbPolicies(snapshots: ReadonlyMap<string, Snapshot>, changed: Set<Identity>): void {
    const before = new Map(this.policies);
    if (!this.policies.absorb(this.claims, this.#touched, snapshots)) return;
    this.#admissionDue = true;
    for (const { row } of this.entries.values()) {
      const { policyRef } = row.manifest.spec;
      if (before.get(policyRef)?.spec !== this.policies.get(policyRef)?.spec) changed.add(row.identity);
    }
  }

  #admit(changed: Set<Identity>): void {
    const blockers = this.blockers();
    for (const entry of this.entries.values()) {
      if (entry.deleted) continue;
      const why = blockers.get(entry.row.identity) ?? (entry.bornContested ? entry.stale : undefined);
      if (sameWhy(entry.blocked, why)) continue;
      if (why === undefined) delete entry.blocked;
      else entry.blocked = why;
      changed.add(entry.row.identity);
    }
  }

  #update(identity: Identity, next: { deleted: boolean; stale?: Why }, changed: Set<Identity>): void {
    const entry = this.entries.get(identity);
    if (entry === undefined || (entry.deleted === next.deleted && sameWhy(entry.stale, next.stale))) return;
    entry.deleted = next.deleted;
    this.#admissionDue = true;
    if (next.stale?.reason === 'PruneBlocked') entry.row = { ...entry.row, braked: true };
    setStale(entry, next.stale);
    changed.add(identity);
  }
}

/** The row of a service that nobody has seen before. */
export function firstRow(manifest: ServiceManifest, specHash: string, origin: DocumentOrigin, now: number): ServiceRow {
  const identity = manifest.metadata.name;
  return { identity, firstSeenMs: now, generation: 1, specHash, memory: EMPTY_MEMORY, manifest, origin };
}

/** The row under another manifest: a changed hash is a new generation, a changed namespace is held from now on. */
export function nextRow(before: ServiceRow, manifest: ServiceManifest, specHash: string, now: number): ServiceRow {
  return {
    ...before,
    manifest,
    specHash,
    generation: before.generation + (before.specHash === specHash ? 0 : 1),
    ...(before.manifest.spec.toolNamespace !== manifest.spec.toolNamespace && { namespaceSinceMs: now }),
  };
}

/** It is declared again: the brake holds it no more. */
function letGo(entry: Entry): void {
  if (entry.row.braked === undefined) return;
  const { braked: _braked, ...row } = entry.row;
  entry.row = row;
}

/** How a generation turned out under an earlier daemon stands: an end of it that comes later is no outcome of the roll-out. */
function settledBefore({ generation, status }: ServiceRow): Pick<Entry, 'settled'> {
  const ready = findCondition(status?.conditions, 'Ready');
  return status?.observedGeneration === generation && ready?.status === 'True'
    ? { settled: { generation, good: true } }
    : {};
}

/** All of an entry that decides whether it, or another, may start, and what is said of it. */
function admissionKey({ row, deleted, bornContested, stale }: Entry): string {
  const { manifest, origin, namespaceSinceMs } = row;
  const { toolNamespace, policyRef, dependsOn } = manifest.spec;
  const contested = bornContested && [stale];
  return JSON.stringify([
    ...[deleted, contested, toolNamespace, namespaceSinceMs, policyRef, dependsOn],
    ...[origin.file, origin.line],
  ]);
}

function setStale(entry: Entry, why: Why | undefined): void {
  if (why === undefined) delete entry.stale;
  else entry.stale = why;
}

function sameWhy(a: Why | undefined, b: Why | undefined): boolean {
  return a?.reason === b?.reason && a?.message === b?.message;
}

function samePlace(a: DocumentOrigin, b: DocumentOrigin): boolean {
  return a.source === b.source && a.file === b.file && a.line === b.line && a.index === b.index;
}

function historyOf(row: ServiceRow, before: ServiceRow | undefined, document: JsonObject, now: number): HistoryEntry {
  const fields = before === undefined ? [] : diffDocuments(before.manifest, row.manifest).map(({ path }) => path);
  return {
    identity: row.identity,
    generation: row.generation,
    specHash: row.specHash,
    revision: row.origin.revision,
    atMs: now,
    what: before === undefined ? 'created' : fields.join(', '),
    who: row.manifest.metadata.annotations[ANNOTATIONS.managedBy] ?? '',
    outcome: 'Pending',
    document,
  };
}
