import type { OriginType } from '../manifest/index.ts';
import { retryDelayMs } from '../reconcile/back-off.ts';
import type {
  ArtifactService,
  ControllerMetrics,
  Driver,
  EventSink,
  GatewayView,
  Identity,
  LookResult,
  SecretResolver,
  ServiceLogs,
  SourceSet,
  StatusStore,
  Unsubscribe,
} from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { errorMessage } from '../shared/errors.ts';
import { Fleet } from './fleet.ts';
import { Reconciler } from './reconciler.ts';
import { SavedRows } from './saved-rows.ts';
import { Serving } from './serving.ts';
import { SourceLoop } from './source-loop.ts';
import { WorkQueue } from './work-queue.ts';

export interface ControllerDeps {
  readonly clock: Clock;
  readonly sources: SourceSet;
  readonly drivers: ReadonlyMap<OriginType, Driver>;
  readonly artifacts: ArtifactService;
  readonly secrets: SecretResolver;
  readonly store: StatusStore;
  readonly events: EventSink;
  readonly logs: ServiceLogs;
  readonly metrics?: ControllerMetrics;
}

const WORKERS = 4;

/** The loop as a whole: sources in, workers in the middle, the gateway's view out. */
export class Controller {
  readonly fleet: Fleet;
  readonly sources: SourceLoop;
  readonly reconciler: Reconciler;
  readonly #serving: Serving;
  readonly #queue: WorkQueue<Identity>;
  readonly #deps: ControllerDeps;
  readonly #listeners = new Set<(identity: Identity) => void>();
  /** Reconciles of a key that threw in a row. */
  readonly #failures = new Map<Identity, number>();
  #workers: Promise<unknown> = Promise.resolve();

  constructor(deps: ControllerDeps) {
    this.#deps = deps;
    this.#queue = new WorkQueue(deps.clock, deps.metrics?.queue);
    deps.metrics?.workers(WORKERS);
    const rows = deps.store.loadServices();
    this.fleet = new Fleet(rows);
    this.#serving = new Serving(
      this.fleet,
      (ref) => this.reconciler.connect(ref),
      (identity, happening) => this.reconciler.happened(identity, happening),
      deps.clock,
      deps.events,
    );
    this.reconciler = new Reconciler({
      ...deps,
      fleet: this.fleet,
      serving: this.#serving,
      saved: new SavedRows(rows),
      queue: this.#queue,
      onStatus: (identity) => this.#tell(identity),
    });
    this.sources = new SourceLoop({
      ...deps,
      fleet: this.fleet,
      enqueue: (identity) => this.#queue.add(identity),
      absorbed: () => this.#serving.followToolsets(),
    });
  }

  get view(): GatewayView {
    return this.#serving;
  }

  /** Begins to work; resolves at the first sync: nothing is stopped or pruned before a source has spoken. */
  async start(): Promise<void> {
    for (const driver of this.#deps.drivers.values()) driver.onChange((identity) => this.#queue.add(identity));
    this.#deps.artifacts.onChange((identity) => this.#queue.add(identity));
    await this.sources.start();
    this.#workers = Promise.all(Array.from({ length: WORKERS }, () => this.#work()));
  }

  /** Told of every status that differs from the one before, and of removals. */
  onStatus(listener: (identity: Identity) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody asked to look again at a service. */
  requestReconcile(identity: Identity, reset: boolean): void {
    this.reconciler.happened(identity, { kind: 'reconcileAsked', reset });
  }

  /** Something that it is made of may have changed. */
  look(identity: Identity): void {
    this.#queue.add(identity);
  }

  /** Lets actions unwind, then ends every instance. The sources are closed by whoever made them. */
  async stop(): Promise<void> {
    this.#queue.close();
    this.sources.stop();
    this.#serving.close();
    await this.reconciler.stop();
    await this.#workers;
    await Promise.all([...this.#deps.drivers.values()].map((driver) => driver.close(0)));
  }

  async #work(): Promise<void> {
    for (;;) {
      const key = await this.#queue.take();
      if (key === undefined) return;
      const begunMs = this.#deps.clock.now();
      let result: LookResult = 'error';
      try {
        await this.reconciler.reconcile(key);
        this.#failures.delete(key);
        result = this.#resultOf(key);
      } catch (error) {
        const count = (this.#failures.get(key) ?? 0) + 1;
        this.#failures.set(key, count);
        this.#deps.events.emit({
          kind: 'reconcile.failed',
          level: 'error',
          identity: key,
          reason: 'Internal',
          message: errorMessage(error),
        });
        this.#queue.addAfter(key, retryDelayMs(count));
      } finally {
        this.#queue.done(key);
        this.#deps.metrics?.looked(result, this.#deps.clock.now() - begunMs);
      }
    }
  }

  #resultOf(key: Identity): LookResult {
    switch (this.fleet.entries.get(key)?.plan?.kind) {
      case 'act':
        return 'requeue';
      case 'wait':
        return 'requeue_after';
      case 'halt':
        return 'terminal';
      default:
        return 'success';
    }
  }

  #tell(identity: Identity): void {
    for (const listener of this.#listeners) listener(identity);
  }
}
