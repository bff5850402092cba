import { isDeepStrictEqual } from 'node:util';

import { deriveStatus } from '../reconcile/status.ts';
import { digest, remember, type Happening } from '../reconcile/memory.ts';
import { plan } from '../reconcile/plan.ts';
import { due, nextLookMs } from '../reconcile/due.ts';
import { retryDelayMs, spread } from '../reconcile/back-off.ts';
import { because, type Reason } from '../reconcile/reasons.ts';
import type {
  Action,
  ArtifactService,
  ControllerMetrics,
  Desired,
  Driver,
  EventSink,
  Identity,
  InstanceRef,
  InterfaceSnapshot,
  Memory,
  ObservedInstance,
  Plan,
  SecretResolver,
  ServiceLogs,
  ServiceStatus,
  StatusStore,
  Upstream,
  Why,
} from '../reconcile/ports.ts';
import type { OriginType } from '../manifest/index.ts';
import type { Clock } from '../shared/clock.ts';
import { findCondition } from '../shared/condition.ts';
import { failureOf } from './action-failure.ts';
import { ActionRunner } from './action-runner.ts';
import { makeDesired } from './desired.ts';
import { endInOrder } from './end-in-order.ts';
import type { Entry } from './entry.ts';
import { announce } from './announce.ts';
import { Dependants } from './dependants.ts';
import type { Fleet } from './fleet.ts';
import { KeptInterfaces } from './kept-interfaces.ts';
import { isObsolete } from './obsolete.ts';
import type { SavedRows } from './saved-rows.ts';
import type { Serving } from './serving.ts';
import type { WorkQueue } from './work-queue.ts';

/** Stops after which a service is gone for as long as anybody can see. */
const FINAL: ReadonlySet<string> = new Set<Reason>(['Deleted', 'Stopped', 'NotStarted']);
/** A dependant that is waited for is looked at again after this, should its end have gone unseen. */
const ORDER_MS = 5000;

export interface ReconcilerDeps {
  readonly clock: Clock;
  readonly fleet: Fleet;
  readonly serving: Serving;
  readonly saved: SavedRows;
  readonly queue: WorkQueue<Identity>;
  readonly drivers: ReadonlyMap<OriginType, Driver>;
  readonly secrets: SecretResolver;
  readonly artifacts: ArtifactService;
  readonly store: StatusStore;
  readonly events: EventSink;
  readonly logs: ServiceLogs;
  readonly metrics?: ControllerMetrics;
  /** Called after each status that differs from the one before, and after a removal. */
  readonly onStatus: (identity: Identity) => void;
}

/** One service, one look: observe, plan, hand the actions over, record. Never waits for an action. */
export class Reconciler {
  readonly #deps: ReconcilerDeps;
  readonly #actions: ActionRunner;
  readonly #dependants: Dependants;
  readonly #interfaces: KeptInterfaces;
  readonly #stop = new AbortController();

  constructor(deps: ReconcilerDeps) {
    this.#deps = deps;
    this.#dependants = new Dependants(deps.fleet.entries);
    this.#interfaces = new KeptInterfaces(deps.store, deps.events);
    this.#actions = new ActionRunner({
      clock: deps.clock,
      logs: deps.logs,
      driverOf: (ref) => this.driverOf(ref),
      driverFor: (desired) => deps.drivers.get(desired.manifest.spec.origin.type),
    });
  }

  /** The driver that knows the instance, whatever the manifest says now. */
  driverOf(ref: InstanceRef): Driver | undefined {
    for (const driver of this.#deps.drivers.values())
      if (driver.observe(ref.identity).some((i) => i.ref.id === ref.id)) return driver;
    return undefined;
  }

  /** The channel to an instance that runs. On the path of every call: asks nobody but the drivers' own tables. */
  connect(ref: InstanceRef): Upstream | undefined {
    for (const driver of this.#deps.drivers.values()) {
      const upstream = driver.connect(ref);
      if (upstream !== undefined) return upstream;
    }
    return undefined;
  }

  /** What the planner would do now; the same code that the loop runs. */
  planFor(desired: Desired | undefined, identity: Identity, memory: Memory): Plan {
    const now = this.#deps.clock.now();
    const observed = this.#observe(identity);
    const complete = desired && this.#withDependencies(desired);
    return plan(complete, observed, digest(memory, complete, observed, now), now);
  }

  async reconcile(identity: Identity): Promise<void> {
    const { clock, fleet, queue } = this.#deps;
    const entry = fleet.entries.get(identity);
    if (entry === undefined || this.#stop.signal.aborted) return;
    const { spec } = entry.row.manifest;
    // Hands off also when the document goes: its process is left, and ends with the daemon.
    const isLeft = spec.suspend || spec.deletionPolicy === 'Orphan';
    if (entry.deleted && isLeft && entry.action === undefined) return this.#forget(entry);
    this.#dependants.tell(identity, spec.dependsOn);
    const desired = entry.deleted ? undefined : await this.#desire(entry);
    if (this.#isStopping()) return;
    if (desired !== undefined) this.#interfaces.recall(entry, desired);
    const observed = this.#observe(identity);
    const now = clock.now();
    const memory = digest(entry.row.memory, desired, observed, now);
    if (memory !== entry.row.memory) entry.row = { ...entry.row, memory };
    const fresh = this.#inOrder(identity, plan(desired, observed, memory, now), now);
    if (entry.action !== undefined && isObsolete(entry.action, desired))
      entry.action.abort.abort(new Error('superseded by a newer manifest'));
    const decided = entry.action?.abort.signal.aborted === false ? entry.action.plan : fresh;
    if (desired === undefined && fresh.kind === 'noop' && entry.action === undefined) return this.#forget(entry);
    if (desired !== undefined && !sameMembers(desired, entry.desired)) entry.desired = desired;
    this.#record(entry, desired ?? entry.desired, observed, decided, fresh, now);
    const heldMs = Math.max(0, (entry.held?.untilMs ?? now) - now);
    const actions = due(fresh, now);
    if (actions.length > 0 && entry.action === undefined && heldMs === 0) this.#hand(entry, desired, fresh, actions);
    this.#schedule(queue, entry, fresh, heldMs, now);
    await this.#save(entry);
    await this.#settle(entry);
  }

  /** Ends actions in flight, refuses new ones, then ends every instance within the grace of its manifest. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('the daemon stops'));
    const entries = [...this.#deps.fleet.entries.values()];
    const actions = entries.flatMap(({ action }) => (action === undefined ? [] : [action]));
    for (const { abort } of actions) abort.abort(new Error('the daemon stops'));
    await Promise.all(actions.map(({ done }) => done));
    const byName = new Map(entries.map((entry) => [entry.row.identity, entry]));
    const end = (entry: Entry | undefined) => (entry === undefined ? Promise.resolve() : this.#endInstances(entry));
    await endInOrder(
      [...byName.keys()],
      (name) => this.#dependants.of(name),
      (name) => end(byName.get(name)),
    );
  }

  /** Asked anew after an await. */
  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Undefined, as if it were gone, where the daemon stops meanwhile: then nobody asks any more. */
  async #desire(entry: Entry): Promise<Desired | undefined> {
    const { secrets, artifacts } = this.#deps;
    const { signal } = this.#stop;
    try {
      const desired = await makeDesired(entry, {
        secrets,
        artifacts: (manifest, origin) => artifacts.resolve(manifest, origin, signal),
      });
      return this.#withDependencies(desired);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  #withDependencies(desired: Desired): Desired {
    const awaits = this.#dependants.awaits(desired.manifest.spec.dependsOn);
    return awaits === undefined ? desired : { ...desired, awaits };
  }

  /** What others depend on that go, too, goes after them. */
  #inOrder(identity: Identity, wanted: Plan, now: number): Plan {
    if (wanted.kind !== 'act' || !wanted.actions.every(({ kind, why }) => kind === 'stop' && FINAL.has(why.reason)))
      return wanted;
    const first = this.#dependants.outlives(identity, (name) => this.#observe(name).length > 0);
    if (first === undefined) return wanted;
    return {
      kind: 'wait',
      untilMs: now + ORDER_MS,
      why: because('Progressing', `waiting for ${first} to stop, which depends on it`),
    };
  }

  /** Whoever waits for the service, or is waited for by it, looks again. */
  #wakeNeighbours({ identity, manifest }: Entry['row']): void {
    for (const name of this.#dependants.of(identity)) this.#deps.queue.add(name);
    for (const name of manifest.spec.dependsOn) if (this.#deps.fleet.entries.has(name)) this.#deps.queue.add(name);
  }

  async #endInstances({ row }: Entry): Promise<void> {
    const context = { signal: new AbortController().signal, phase: () => undefined };
    const graceMs = row.manifest.spec.stopGraceSeconds * 1000;
    for (const { ref } of this.#observe(row.identity)) await this.driverOf(ref)?.stop(ref, { ...context, graceMs });
  }

  #observe(identity: Identity): readonly ObservedInstance[] {
    return [...this.#deps.drivers.values()].flatMap((driver) => driver.observe(identity));
  }

  #record(
    entry: Entry,
    desired: Desired | undefined,
    observed: readonly ObservedInstance[],
    decided: Plan,
    fresh: Plan,
    now: number,
  ): void {
    if (desired === undefined) return;
    const before = entry.status;
    const { memory } = entry.row;
    const serves = observed.find((i) => i.phase === 'running' && i.ref.id === memory.introspected?.instance);
    if (serves === undefined) delete entry.serving;
    else entry.serving = serves.ref;
    entry.plan = decided;
    const status = deriveStatus({
      desired,
      observed,
      memory,
      plan: decided,
      next: fresh,
      now,
      ...(entry.interface && { interface: entry.interface }),
      ...(before && { previous: before }),
    });
    // Of equal ones the older is kept: thousands of services are looked at every minute, and what dies young costs nothing.
    const news = !isDeepStrictEqual(before, status);
    if (news) entry.status = status;
    const { identity } = entry.row;
    const next = observed.filter((i) => i.phase === 'running' && i.ref.runHash === desired.runHash);
    const heard = [...new Set([...(serves === undefined ? [] : [serves]), ...next])].map(({ ref }) => ref);
    this.#deps.serving.update(identity, heard, () => this.happened(identity, { kind: 'introspectWanted' }));
    if (!news) return;
    announce(this.#deps.events, entry.row.identity, before, status);
    if (concernsOthers(before) !== concernsOthers(status)) this.#wakeNeighbours(entry.row);
    this.#deps.onStatus(entry.row.identity);
  }

  /** Records something that happened to a service and looks at it again. */
  happened(identity: Identity, happening: Happening, desired?: Desired): void {
    const entry = this.#deps.fleet.entries.get(identity);
    if (entry === undefined) return;
    const memory = remember(entry.row.memory, happening, desired ?? entry.desired, this.#deps.clock.now());
    if (memory === entry.row.memory) return;
    entry.row = { ...entry.row, memory };
    this.#deps.queue.add(identity);
  }

  #hand(entry: Entry, desired: Desired | undefined, decided: Plan, actions: readonly Action[]): void {
    const { identity } = entry.row;
    const abort = new AbortController();
    const report = {
      happened: (happening: Happening) => {
        this.#countFailure(failureOf(happening));
        this.happened(identity, happening, desired);
      },
      interfaceRead: (ref: InstanceRef, snapshot: InterfaceSnapshot) =>
        this.#interfaces.read(entry, ref.runHash, snapshot),
      stopEnded: (failure: Why | undefined) => {
        this.#countFailure(failure);
        this.#hold(entry, failure);
      },
    };
    const done = this.#actions.run(entry, desired, actions, abort.signal, report).finally(() => {
      delete entry.action;
      this.happened(identity, { kind: 'phase', phase: undefined });
    });
    entry.action = { plan: decided, actions, runHash: desired?.runHash, abort, done };
  }

  #countFailure(failure: Why | undefined): void {
    if (failure !== undefined) this.#deps.metrics?.actionFailed(failure.reason);
  }

  /** A stop that failed is tried again after a pause that grows; one that succeeded clears the way. */
  #hold(entry: Entry, failure: Why | undefined): void {
    const { clock, events } = this.#deps;
    const failures = (entry.held?.failures ?? 0) + 1;
    delete entry.held;
    if (failure === undefined) return;
    entry.held = { failures, untilMs: clock.now() + retryDelayMs(failures) };
    events.emit({ kind: 'service.stop_failed', level: 'error', identity: entry.row.identity, ...failure });
  }

  #schedule(queue: WorkQueue<Identity>, entry: Entry, decided: Plan, heldMs: number, now: number): void {
    const { intervalMs } = entry.row.manifest.spec.reconcile;
    const resync = spread(intervalMs, 0.1, `${entry.row.identity}:${String(now)}`);
    // The end of an action wakes it: what is due meanwhile could not be done, and would be looked at without a pause.
    const wanted = entry.action === undefined ? nextLookMs(decided) : undefined;
    const until = heldMs > 0 ? heldMs : wanted === undefined ? resync : Math.max(0, wanted - now);
    queue.cancelDelay(entry.row.identity);
    queue.addAfter(entry.row.identity, Math.min(resync, until));
  }

  async #save(entry: Entry): Promise<void> {
    if (entry.bornContested) return;
    const { row, status } = entry;
    const { saved, store } = this.#deps;
    if (!saved.differs(row, status)) return;
    await store.saveService({ ...row, ...(status && { status }) });
    saved.saved(row, status);
  }

  /** Writes the outcome of a generation into its history: once, unless it comes good later. */
  async #settle(entry: Entry): Promise<void> {
    const { identity, generation } = entry.row;
    if (entry.status?.observedGeneration !== generation) return;
    const ready = findCondition(entry.status.conditions, 'Ready');
    // A generation that an earlier daemon settled is on its way again: how it ended is not known yet.
    if (ready?.status === 'Unknown') return;
    const good = ready?.status === 'True';
    if (entry.settled?.generation === generation && (entry.settled.good || !good)) return;
    await this.#deps.store.settleHistory(identity, generation, ready?.reason ?? 'Unknown');
    entry.settled = { generation, good };
  }

  async #forget(entry: Entry): Promise<void> {
    const { identity } = entry.row;
    const { fleet, serving, saved, artifacts, events, store, queue, onStatus } = this.#deps;
    // First, so that a store that refuses is asked again.
    await store.forgetService(identity);
    saved.forget(identity);
    // Declared again meanwhile: its row is written anew.
    if (!entry.deleted) return queue.add(identity);
    fleet.entries.delete(identity);
    artifacts.forget(identity);
    queue.cancelDelay(identity);
    serving.update(identity, [], () => undefined);
    const left = this.#observe(identity).length > 0;
    events.emit({
      kind: left ? 'service.orphaned' : 'service.removed',
      level: left ? 'warn' : 'info',
      identity,
      reason: 'Deleted',
      message: left
        ? `${identity} was ${entry.row.manifest.spec.suspend ? 'suspended' : 'to be orphaned'} when it was deleted: its process is left running`
        : `${identity} is gone`,
    });
    this.#wakeNeighbours(entry.row);
    this.#dependants.tell(identity, []);
    onStatus(identity);
  }
}

/** True where all members are the same objects. */
function sameMembers(a: Desired, b: Desired | undefined): boolean {
  if (b === undefined) return false;
  const keys = Object.keys(a) as (keyof Desired)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** What services look at that wait for another. */
function concernsOthers(status: ServiceStatus | undefined): string {
  const ready = findCondition(status?.conditions, 'Ready');
  return `${ready?.status ?? ''} ${status?.lifecycle ?? ''} ${String(status?.observedGeneration)}`;
}
