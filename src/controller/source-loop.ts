import type { SourceManifest } from '../manifest/index.ts';
import type {
  DocumentOrigin,
  EventSink,
  HistoryEntry,
  Identity,
  RefreshHint,
  Snapshot,
  Source,
  SourceChange,
  SourceSet,
  StatusStore,
  Unsubscribe,
} from '../reconcile/ports.ts';
import { removedRevision } from '../reconcile/prune.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { errorMessage } from '../shared/errors.ts';
import { within } from '../shared/within.ts';
import { announceSource } from './announce-source.ts';
import { DiagnosticIndex } from './diagnostic-index.ts';
import { flagClashes } from './flag-clashes.ts';
import type { Fleet } from './fleet.ts';
import { withoutSources } from './own-documents.ts';
import { SourceWishes } from './source-wishes.ts';

export interface SourceLoopDeps {
  readonly clock: Clock;
  readonly sources: SourceSet;
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
/** How long a start waits for what comes over the network: what it declares runs on as it was kept meanwhile. */
const FIRST_SYNC_MS = 10_000;
/** For a look that nobody waits for. */
const LOOK_MS = 120_000;

/** Watches the sources and lets the fleet absorb what they say; nothing starts or stops here. */
export class SourceLoop {
  readonly #deps: SourceLoopDeps;
  readonly snapshots = new Map<string, Snapshot>();
  readonly #confirmed = new Map<string, string>();
  readonly #removedByUs = new Set<Identity>();
  /** Names of the sources that flags name. */
  readonly #flags: ReadonlySet<string>;
  readonly #wishes = new SourceWishes((name) => this.#lookAgain(name));
  #unsubscribe: Unsubscribe = () => undefined;
  /** New generations that are not in the history yet, oldest first. */
  readonly #news: HistoryEntry[] = [];
  #recording = false;
  /** Of the snapshots as they are; made when it is asked for. */
  #diagnostics: DiagnosticIndex | undefined;

  constructor(deps: SourceLoopDeps) {
    this.#deps = deps;
    this.#flags = new Set(deps.sources.all().map(({ name }) => name));
  }

  /** Resolves when each source of a flag has spoken once, or, where it comes over the network, has had its time to. */
  async start(): Promise<void> {
    const { clock, sources } = this.#deps;
    this.#unsubscribe = sources.onChange((change) => this.#follow(change));
    const begin = (source: Source) =>
      source.kind === 'dir' ? this.#listen(source) : within(clock, FIRST_SYNC_MS, this.#begin(source));
    await Promise.all(sources.all().map(begin));
  }

  /** Looks again at one source, or at all. `removed` counts at once (reconcile-behaviour §6.3.5). */
  async refresh(name: string | undefined, hint?: RefreshHint, signal?: AbortSignal): Promise<void> {
    for (const { kind, name: removed } of hint?.removed ?? [])
      if (kind === 'MCPService') this.#removedByUs.add(removed);
    const sources = this.#deps.sources.all().filter((source) => name === undefined || source.name === name);
    try {
      await Promise.all(sources.map((source) => source.refresh(hint, signal)));
      if (hint?.removed !== undefined) this.#absorb();
    } finally {
      for (const { name: removed } of hint?.removed ?? []) this.#removedByUs.delete(removed);
    }
  }

  /** Looks again at the folders of this machine. */
  async refreshFolders(signal?: AbortSignal): Promise<void> {
    const folders = this.#deps.sources.all().filter(({ kind }) => kind === 'dir');
    await Promise.all(folders.map((source) => source.refresh(undefined, signal)));
  }

  /** A source is looked at again soon; who asks while it is gets one more look. Answers whether there is such a source. */
  refreshSoon(name: string): boolean {
    if (this.#deps.sources.get(name) === undefined) return false;
    this.#wishes.ask(name);
    return true;
  }

  /** What is not written down yet is found anew by the next daemon. */
  stop(): void {
    this.#unsubscribe();
    this.#news.length = 0;
  }

  /** A person agrees that what vanished at this revision may be stopped; true where a source is at it. */
  confirmPrune(revision: string): boolean {
    const spoken = [...this.snapshots.values()].filter((snapshot) => snapshot.revision === revision);
    const removed = [...this.#deps.fleet.entries.values()].map(({ row }) => row.origin.source);
    const meant = [
      ...spoken.map(({ source }) => source),
      ...removed.filter((name) => removedRevision(name) === revision),
    ];
    if (meant.length === 0) return false;
    for (const name of meant) this.#confirmed.set(name, revision);
    this.#absorb();
    // Given once: a folder that is emptied again has the same revision again.
    this.#confirmed.clear();
    return true;
  }

  /** Where the document stands that declares a source; undefined for those of flags. */
  declarationOf(name: string): DocumentOrigin | undefined {
    return this.#flags.has(name) ? undefined : this.#deps.fleet.sources.get(name)?.origin;
  }

  /** Everything that is wrong in any file, and every identity that two documents claim. */
  get diagnostics(): DiagnosticIndex {
    this.#diagnostics ??= new DiagnosticIndex(
      [...this.snapshots.values()],
      this.#deps.fleet.claims.contested(),
      flagClashes(this.#deps.fleet.sources, this.#flags),
    );
    return this.#diagnostics;
  }

  #listen(source: Source): Promise<void> {
    const { sources } = this.#deps;
    // What a source says after it was closed is not heard.
    return source.start((snapshot) => {
      if (sources.get(source.name) === source) this.#take(source, snapshot);
    });
  }

  /** Never rejects: what is wrong with a source that came later, or over the network, is an event. */
  async #begin(source: Source): Promise<void> {
    try {
      await this.#listen(source);
    } catch (error) {
      this.#failed(source.name, error);
    }
  }

  async #lookAgain(name: string): Promise<void> {
    const { clock } = this.#deps;
    try {
      await withDeadline(clock, `the look at source ${name}`, LOOK_MS, undefined, (signal) =>
        this.refresh(name, undefined, signal),
      );
    } catch (error) {
      this.#failed(name, error);
    }
  }

  #failed(name: string, error: unknown): void {
    if (this.#deps.sources.get(name) === undefined) return;
    const message = `${name}: ${errorMessage(error)}`;
    this.#deps.events.emit({ kind: 'source.degraded', level: 'warn', reason: 'SourceUnavailable', message });
  }

  /** One that takes the place of another keeps what that one said until it speaks itself. */
  #follow(change: SourceChange): void {
    if ('added' in change) {
      void this.#begin(change.added);
      return;
    }
    const { name } = change.removed;
    const message = `${name} is gone: no document declares it any more`;
    this.#deps.events.emit({ kind: 'source.removed', level: 'info', reason: 'Deleted', message });
    this.snapshots.delete(name);
    this.#diagnostics = undefined;
    this.#absorb();
  }

  #take({ kind, name }: Source, said: Snapshot): void {
    const snapshot = kind === 'dir' ? said : withoutSources(said);
    const before = this.snapshots.get(name);
    this.snapshots.set(name, snapshot);
    this.#diagnostics = undefined;
    announceSource(this.#deps.events, before, snapshot);
    this.#absorb();
    if (kind === 'git' && before?.revision !== snapshot.revision) this.#lookAtPrograms(name);
  }

  /** Nobody watches the files of a repository: they are others with each commit. */
  #lookAtPrograms(source: string): void {
    for (const { row, deleted } of this.#deps.fleet.entries.values())
      if (row.origin.source === source && row.manifest.spec.origin.type === 'local_wasm' && !deleted)
        this.#deps.enqueue(row.identity);
  }

  #absorb(): void {
    const { fleet, clock, sources, enqueue, absorbed } = this.#deps;
    const { changed, history } = fleet.absorb({
      snapshots: this.snapshots,
      sources: this.#flags,
      removedByUs: this.#removedByUs,
      confirmed: this.#confirmed,
      now: clock.now(),
    });
    // Written down first: what becomes of a generation is written into its history.
    const later = new Set(history.map(({ identity }) => identity));
    for (const identity of changed) if (!later.has(identity)) enqueue(identity);
    for (const entry of history) this.#news.push(entry);
    if (!this.#recording) void this.#record();
    sources.declare(documentsOf(fleet.sources));
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
}

function documentsOf(records: Fleet['sources']): ReadonlyMap<string, SourceManifest> {
  return new Map([...records].map(([name, { document }]) => [name, document]));
}
