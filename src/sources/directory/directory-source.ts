import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LastGoodStore, RefreshHint, Snapshot, Source } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import type { DefaultLimits } from '../../shared/limits.ts';
import { Holdings } from './holdings.ts';
import { INTERVALS, type Intervals } from './intervals.ts';
import { Looker } from './look.ts';
import { ParseCache, type KeptParses, type Parse } from '../parse-cache.ts';
import { PassLoop, type PassRequest, type PassResult } from '../pass-loop.ts';
import { displayPath } from '../paths.ts';
import { Protocol } from './protocol.ts';
import { sameSnapshot } from '../same-snapshot.ts';
import { SOURCE_LIMITS, type SourceLimits } from '../limits.ts';
import { FolderWatch, type Watch } from './watch.ts';

export interface DirectorySourceOptions {
  readonly name: string;
  /** The watched folder; need not exist. */
  readonly root: string;
  /** What relative paths of its manifests, and of everything shown, are relative to. */
  readonly workspace: string;
  readonly clock: Clock;
  readonly lastGood: LastGoodStore;
  /** Where parses outlive the process; without it every start parses everything. */
  readonly parsed?: Omit<KeptParses, 'source'>;
  /** Defaults of the manifests' own limits. */
  readonly limits?: DefaultLimits;
  readonly intervals?: Partial<Intervals>;
  readonly scanLimits?: Partial<SourceLimits>;
  readonly parse?: Parse;
  readonly watch?: Watch;
  /** Called after every look at the folder, whether or not it gave a new snapshot. */
  readonly onLooked?: (complete: boolean) => void;
  /** A change came without an event (clarity_watch_missed_total). */
  readonly onMiss?: () => void;
  /** What an operator should know: a watcher given up, a lock left behind. One line, without secrets. */
  readonly warn?: (message: string) => void;
}

/** Far above what any folder within the limits takes: only a dead mount does not answer by then. */
const REFRESH_DEADLINE_MS = 60_000;

interface Parts {
  readonly holdings: Holdings;
  readonly protocol: Protocol;
  readonly watch: FolderWatch;
  readonly loop: PassLoop;
  readonly intervals: Intervals;
}

/** A folder of manifests as a Source (reconcile-behaviour §6.3). */
export class DirectorySource implements Source {
  readonly name: string;
  readonly kind = 'dir';
  readonly workspace: string;
  readonly writableRoot: string;
  readonly #parts: Parts;
  readonly #onLooked: (complete: boolean) => void;
  #listener: (snapshot: Snapshot) => void = () => undefined;
  #snapshot: Snapshot | undefined;

  constructor(options: DirectorySourceOptions) {
    this.name = options.name;
    this.workspace = resolve(options.workspace);
    this.writableRoot = resolve(options.root);
    this.#onLooked = options.onLooked ?? (() => undefined);
    this.#parts = this.#assemble(options);
  }

  get location(): string {
    return this.writableRoot;
  }

  #assemble(options: DirectorySourceOptions): Parts {
    const { clock, lastGood: store, warn = () => undefined, onMiss = () => undefined } = options;
    const { name: source, workspace, writableRoot: root } = this;
    const intervals = { ...INTERVALS, ...options.intervals };
    const limits = { ...SOURCE_LIMITS, ...options.scanLimits };
    const display = (path: string) => displayPath(workspace, path);
    const { parse, limits: defaults, parsed } = options;
    const cache = new ParseCache({ parse, limits: defaults, kept: parsed && { ...parsed, source } });
    const holdings = new Holdings({ source, workspace, store, confirmMs: intervals.confirmMs, cache, display });
    const looker = new Looker({ root, clock, intervals, limits, cache, display, warn });
    const protocol = new Protocol({ root, workspace, clock, intervals, looker, holdings });
    const loop = new PassLoop({
      clock,
      intervals,
      warn,
      what: 'looking at the folder',
      deadlineMs: REFRESH_DEADLINE_MS,
      run: (request) => this.#pass(request),
    });
    const onSignal = (path?: string) => {
      if (path !== undefined) looker.note(path);
      loop.signal();
    };
    const graceMs = intervals.doubtMs;
    const watch = new FolderWatch({ root, clock, graceMs, onSignal, onMiss, warn, watch: options.watch });
    return { holdings, protocol, watch, loop, intervals };
  }

  /** Resolves once the listener has the first snapshot: at most busyMs later than the folder can be read. */
  async start(listener: (snapshot: Snapshot) => void): Promise<void> {
    this.#listener = listener;
    this.#parts.watch.arm();
    await this.#parts.loop.request();
  }

  async refresh(hint?: RefreshHint, signal?: AbortSignal): Promise<Snapshot> {
    return this.#parts.loop.request(hint, signal);
  }

  async close(): Promise<void> {
    // A pass that still runs may arm the watcher.
    await this.#parts.loop.close();
    await this.#parts.watch.close();
  }

  async #pass(request: PassRequest): Promise<PassResult> {
    const { holdings, protocol, watch, intervals } = this.#parts;
    const eventsBefore = watch.events;
    const { complete, condition = watch.degraded, againMs, changed, identity, scanMs } = await protocol.run(request);
    if (this.#snapshot !== undefined) watch.compare(changed, eventsBefore);
    if (identity !== undefined) watch.follow(identity);
    this.#onLooked(complete);
    const why = condition === undefined ? {} : { condition };
    const { files, revision } = holdings.shown;
    // Thousands of files take some ten milliseconds here, and as many where they are absorbed: callers get their turn between.
    await setImmediate();
    request.signal.throwIfAborted();
    const snapshot = this.#publish({ source: this.name, revision, complete, files, ...why });
    return {
      snapshot,
      leadMs: scanMs,
      againMs: watch.degraded === undefined ? againMs : Math.min(againMs, intervals.pollMs),
    };
  }

  /** Reports the snapshot where it differs from the one before; returns the one that stands. */
  #publish(snapshot: Snapshot): Snapshot {
    if (this.#snapshot !== undefined && sameSnapshot(this.#snapshot, snapshot)) return this.#snapshot;
    this.#listener(snapshot);
    this.#snapshot = snapshot;
    return snapshot;
  }
}
