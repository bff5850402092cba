import { isDeepStrictEqual } from 'node:util';

import { deriveStatus } from '../reconcile/status.ts';
import { digest, remember, type Happening } from '../reconcile/memory.ts';
import { plan } from '../reconcile/plan.ts';
import { retryDelayMs, spread } from '../reconcile/back-off.ts';
import type {
  ArtifactService,
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
  StatusStore,
  Upstream,
  Why,
} from '../reconcile/ports.ts';
import type { OriginType } from '../manifest/index.ts';
import type { Clock } from '../shared/clock.ts';
import { ActionRunner } from './action-runner.ts';
import { makeDesired } from './desired.ts';
import type { Entry, RunningAction } from './entry.ts';
import { announce } from './announce.ts';
import type { Fleet } from './fleet.ts';
import type { SavedRows } from './saved-rows.ts';
import type { Serving } from './serving.ts';
import type { WorkQueue } from './work-queue.ts';

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
  /** Called after each status that differs from the one before, and after a removal. */
  readonly onStatus: (identity: Identity) => void;
}

/** One service, one look: observe, plan, hand the actions over, record. Never waits for an action. */
export class Reconciler {
  readonly #deps: ReconcilerDeps;
  readonly #actions: ActionRunner;
  readonly #stop = new AbortController();

  constructor(deps: ReconcilerDeps) {
    this.#deps = deps;
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
    return plan(desired, observed, digest(memory, desired, observed, now), now);
  }

  async reconcile(identity: Identity): Promise<void> {
    const { clock, fleet, queue } = this.#deps;
    const entry = fleet.entries.get(identity);
    if (entry === undefined || this.#stop.signal.aborted) return;
    // Hands off also when the document goes: its process is left, and ends with the daemon.
    if (entry.deleted && entry.row.manifest.spec.suspend && entry.action === undefined) return this.#forget(entry);
    const desired = entry.deleted ? undefined : await this.#desire(entry);
    if (this.#isStopping()) return;
    const observed = this.#observe(identity);
    const now = clock.now();
    const memory = digest(entry.row.memory, desired, observed, now);
    if (memory !== entry.row.memory) entry.row = { ...entry.row, memory };
    const fresh = plan(desired, observed, memory, now);
    if (entry.action !== undefined && obsolete(entry.action, desired))
      entry.action.abort.abort(new Error('superseded by a newer manifest'));
    const decided = entry.action?.abort.signal.aborted === false ? entry.action.plan : fresh;
    if (desired === undefined && fresh.kind === 'noop' && entry.action === undefined) return this.#forget(entry);
    if (desired !== undefined && !sameMembers(desired, entry.desired)) entry.desired = desired;
    this.#record(entry, desired ?? entry.desired, observed, decided, fresh, now);
    const heldMs = Math.max(0, (entry.held?.untilMs ?? now) - now);
    if (fresh.kind === 'act' && entry.action === undefined && heldMs === 0) this.#hand(entry, desired, fresh);
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
    await Promise.allSettled(entries.map((entry) => this.#endInstances(entry)));
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
      return await makeDesired(entry, {
        secrets,
        artifacts: (manifest, origin) => artifacts.resolve(manifest, origin, signal),
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
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
    const running = serves ?? observed.find((i) => i.phase === 'running' && i.ref.runHash === desired.runHash);
    this.#deps.serving.update(identity, running?.ref, () => this.happened(identity, { kind: 'introspectWanted' }));
    if (!news) return;
    announce(this.#deps.events, entry.row.identity, before, status);
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

  #hand(entry: Entry, desired: Desired | undefined, decided: Plan & { kind: 'act' }): void {
    const { identity } = entry.row;
    const abort = new AbortController();
    const report = {
      happened: (happening: Happening) => this.happened(identity, happening, desired),
      interfaceRead: (snapshot: InterfaceSnapshot) => (entry.interface = snapshot),
      stopEnded: (failure: Why | undefined) => this.#hold(entry, failure),
    };
    const done = this.#actions.run(entry, desired, decided.actions, abort.signal, report).finally(() => {
      delete entry.action;
      this.happened(identity, { kind: 'phase', phase: undefined });
    });
    entry.action = { plan: decided, runHash: desired?.runHash, abort, done };
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
    const wanted = decided.kind === 'act' ? undefined : decided.untilMs;
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

  /** Writes the outcome of a generation into its history, once. */
  async #settle(entry: Entry): Promise<void> {
    const { identity, generation } = entry.row;
    if (entry.settled === generation || entry.status?.observedGeneration !== generation) return;
    const ready = entry.status.conditions.find(({ type }) => type === 'Ready');
    // A generation that an earlier daemon settled is on its way again: how it ended is not known yet.
    if (ready?.status === 'Unknown') return;
    await this.#deps.store.settleHistory(identity, generation, ready?.reason ?? 'Unknown');
    entry.settled = generation;
  }

  async #forget(entry: Entry): Promise<void> {
    const { identity } = entry.row;
    const { fleet, serving, saved, artifacts, events, store, queue, onStatus } = this.#deps;
    fleet.entries.delete(identity);
    artifacts.forget(identity);
    saved.forget(identity);
    queue.cancelDelay(identity);
    serving.update(identity, undefined, () => undefined);
    const left = this.#observe(identity).length > 0;
    events.emit({
      kind: left ? 'service.orphaned' : 'service.removed',
      level: left ? 'warn' : 'info',
      identity,
      reason: 'Deleted',
      message: left
        ? `${identity} was suspended when it was deleted: its process is left running`
        : `${identity} is gone`,
    });
    await store.forgetService(identity);
    onStatus(identity);
  }
}

/** True where all members are the same objects. */
function sameMembers(a: Desired, b: Desired | undefined): boolean {
  if (b === undefined) return false;
  const keys = Object.keys(a) as (keyof Desired)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** An action that works towards something nobody wants any more; stops are always finished. */
function obsolete(action: RunningAction, desired: Desired | undefined): boolean {
  if (action.plan.actions.every((a) => a.kind === 'stop')) return false;
  if (desired === undefined || desired.runHash !== action.runHash) return true;
  if (desired.blocked !== undefined) return true;
  const { enabled, autostart, suspend } = desired.manifest.spec;
  return !enabled || !autostart || suspend;
}
