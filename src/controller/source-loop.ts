import type {
  EventSink,
  HistoryEntry,
  Identity,
  RefreshHint,
  Snapshot,
  Source,
  StatusStore,
} from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { DiagnosticIndex } from './diagnostic-index.ts';
import type { Fleet } from './fleet.ts';

export interface SourceLoopDeps {
  readonly clock: Clock;
  readonly sources: readonly Source[];
  readonly fleet: Fleet;
  readonly store: StatusStore;
  readonly events: EventSink;
  /** Asks for a reconcile of a service. */
  readonly enqueue: (identity: Identity) => void;
  /** Told after each look, when the fleet says what the sources say. */
  readonly absorbed: () => void;
}

/** New generations that are written down before the event loop gets its turn: each costs a twentieth of a millisecond, and its commit more. */
const RECORD_BATCH = 100;

/** Watches the sources and lets the fleet absorb what they say; nothing starts or stops here. */
export class SourceLoop {
  readonly #deps: SourceLoopDeps;
  readonly snapshots = new Map<string, Snapshot>();
  readonly #confirmed = new Map<string, string>();
  readonly #removedByUs = new Set<Identity>();
  /** New generations that are not in the history yet, oldest first. */
  readonly #news: HistoryEntry[] = [];
  #recording = false;
  /** Of the snapshots as they are; made when it is asked for. */
  #diagnostics: DiagnosticIndex | undefined;

  constructor(deps: SourceLoopDeps) {
    this.#deps = deps;
  }

  /** Resolves when each source has spoken once: a complete snapshot, or the condition that says why not. */
  async start(): Promise<void> {
    await Promise.all(this.#deps.sources.map((source) => source.start((snapshot) => this.#take(snapshot))));
  }

  /** Looks again at one source, or at all. `removed` counts at once (reconcile-behaviour §6.3.5). */
  async refresh(name: string | undefined, hint?: RefreshHint, signal?: AbortSignal): Promise<void> {
    for (const { kind, name: removed } of hint?.removed ?? [])
      if (kind === 'MCPService') this.#removedByUs.add(removed);
    const sources = this.#deps.sources.filter((source) => name === undefined || source.name === name);
    try {
      await Promise.all(sources.map((source) => source.refresh(hint, signal)));
      if (hint?.removed !== undefined) this.#absorb();
    } finally {
      for (const { name: removed } of hint?.removed ?? []) this.#removedByUs.delete(removed);
    }
  }

  /** What is not written down yet is found anew by the next daemon. */
  stop(): void {
    this.#news.length = 0;
  }

  /** A person agrees that what vanished at this revision may be stopped; true where a source is at it. */
  confirmPrune(revision: string): boolean {
    const source = [...this.snapshots.values()].find((snapshot) => snapshot.revision === revision);
    if (source === undefined) return false;
    this.#confirmed.set(source.source, revision);
    this.#absorb();
    // Given once: a folder that is emptied again has the same revision again.
    this.#confirmed.delete(source.source);
    return true;
  }

  /** Everything that is wrong in any file, and every identity that two documents claim. */
  get diagnostics(): DiagnosticIndex {
    this.#diagnostics ??= new DiagnosticIndex([...this.snapshots.values()], this.#deps.fleet.claims.contested());
    return this.#diagnostics;
  }

  #take(snapshot: Snapshot): void {
    const before = this.snapshots.get(snapshot.source);
    this.snapshots.set(snapshot.source, snapshot);
    this.#diagnostics = undefined;
    this.#announce(before, snapshot);
    this.#absorb();
  }

  #absorb(): void {
    const { fleet, clock, sources, enqueue, absorbed } = this.#deps;
    const { changed, history } = fleet.absorb({
      snapshots: this.snapshots,
      sources: new Set(sources.map(({ name }) => name)),
      removedByUs: this.#removedByUs,
      confirmed: this.#confirmed,
      now: clock.now(),
    });
    // Written down first: what becomes of a generation is written into its history.
    const later = new Set(history.map(({ identity }) => identity));
    for (const identity of changed) if (!later.has(identity)) enqueue(identity);
    for (const entry of history) this.#news.push(entry);
    if (!this.#recording) void this.#record();
    absorbed();
  }

  /** A handful at once; thousands a batch a turn, each after the commit of the one before. */
  async #record(): Promise<void> {
    this.#recording = true;
    while (this.#news.length > 0) {
      const batch = this.#news.splice(0, RECORD_BATCH);
      const written = batch.map((entry) => this.#applied(entry));
      for (const { identity } of batch) this.#deps.enqueue(identity);
      await Promise.all(written);
    }
    this.#recording = false;
  }

  /** Never rejects: a history that is not stored is an event. */
  async #applied(entry: HistoryEntry): Promise<void> {
    const { store, events, fleet } = this.#deps;
    fleet.recorded(entry);
    events.emit({
      kind: 'service.manifest_applied',
      level: 'info',
      identity: entry.identity,
      reason: 'Applied',
      message: `generation ${String(entry.generation)}: ${entry.what}`,
      data: { generation: entry.generation, revision: entry.revision },
    });
    try {
      await store.addHistory(entry);
    } catch (error) {
      events.emit({
        kind: 'store.failed',
        level: 'error',
        identity: entry.identity,
        reason: 'Internal',
        message: `history was not stored: ${String(error)}`,
      });
    }
  }

  #announce(before: Snapshot | undefined, after: Snapshot): void {
    const { events } = this.#deps;
    if (after.condition !== undefined && before?.condition?.reason !== after.condition.reason)
      events.emit({
        kind: 'source.degraded',
        level: 'warn',
        reason: after.condition.reason,
        message: `${after.source}: ${after.condition.message}`,
      });
    if (after.condition === undefined && before?.condition !== undefined)
      events.emit({
        kind: 'source.recovered',
        level: 'info',
        reason: 'Applied',
        message: `${after.source} is readable again`,
      });
    const wrong = after.files.filter((file) => file.diagnostics.length > 0);
    const held = wrong.length === 0 ? undefined : new Set(before?.files);
    const fresh = wrong.filter((file) => held?.has(file) !== true);
    if (fresh.length === 0) return;
    const known = new Set(before?.files.flatMap(({ diagnostics }) => diagnostics.map(({ text }) => text)));
    for (const { diagnostics } of fresh)
      for (const { severity, code, name, text } of diagnostics)
        if (!known.has(text))
          events.emit({
            kind: severity === 'error' ? 'manifest.invalid' : 'manifest.warning',
            level: severity === 'error' ? 'error' : 'warn',
            ...(name === undefined ? {} : { identity: name }),
            reason: code,
            message: text,
          });
  }
}
