import { randomUUID } from 'node:crypto';
import type { OriginType } from '../manifest/index.ts';
import type {
  ActContext,
  Desired,
  Driver,
  Identity,
  InstanceRef,
  LastExit,
  ObservedInstance,
  Unsubscribe,
  Upstream,
} from '../reconcile/ports.ts';
import { aborted } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { Drain } from './drain.ts';
import type { InstanceUpstream } from './upstream.ts';

/** What a driver makes of a manifest: a server that has answered the handshake. */
export interface Running {
  readonly upstream: InstanceUpstream;
  readonly pid?: number;
  /** Resolves when the server ended, by itself or because it was stopped. Never rejects; never settles for a remote. */
  readonly ended: Promise<LastExit>;
  /** Resolves when nothing of it is left; 0 = at once. Called again after a rejection, and with 0 to hurry. */
  stop(graceMs: number): Promise<void>;
}

/** The part of a driver that differs. Honours the signal; rejects with a ClarityError and leaves nothing behind. */
export type Launch = (desired: Desired, ref: InstanceRef, context: ActContext) => Promise<Running>;

/** Time for descendants that outlived their server. */
const STRAY_GRACE_MS = 2000;

interface Instance {
  readonly ref: InstanceRef;
  readonly startedAtMs: number;
  readonly cancel: AbortController;
  readonly launching: Promise<Running>;
  phase: ObservedInstance['phase'];
  running?: Running;
  lastExit?: LastExit;
  /** While it is stopping: its calls in flight end first. */
  drain?: Drain;
  /** Under way while it is being ended, whoever asked for it. */
  ending?: Promise<void>;
}

/** The bookkeeping that every driver shares: which instances there are, in which phase, and who is told. */
export class InstanceDriver implements Driver {
  readonly type: OriginType;
  readonly #clock: Clock;
  readonly #launch: Launch;
  readonly #instances = new Map<Identity, readonly Instance[]>();
  readonly #listeners = new Set<(identity: Identity) => void>();
  #closed = false;

  constructor(type: OriginType, clock: Clock, launch: Launch) {
    this.type = type;
    this.#clock = clock;
    this.#launch = launch;
  }

  observe(identity: Identity): readonly ObservedInstance[] {
    return this.#of(identity).map(({ ref, phase, startedAtMs, running, lastExit }) => ({
      ref,
      phase,
      startedAtMs,
      ...(running?.pid === undefined ? {} : { pid: running.pid }),
      ...(lastExit === undefined ? {} : { lastExit }),
      ...(phase !== 'exited' && running !== undefined ? { activity: running.upstream.activity } : {}),
    }));
  }

  async start(desired: Desired, context: ActContext): Promise<InstanceRef> {
    const { identity, runHash } = desired;
    context.signal.throwIfAborted();
    for (const ending of this.#of(identity).filter((i) => i.ref.runHash === runHash && i.ending !== undefined))
      await Promise.race([ending.ending, aborted(context.signal)]); // what it holds (a port, a lock) must be free again
    if (this.#closed) throw new ClarityError('NotReady', 'the daemon is shutting down');
    const same = this.#of(identity).find((i) => i.ref.runHash === runHash && isLive(i));
    if (same !== undefined) {
      await Promise.race([same.launching, aborted(context.signal)]);
      return same.ref;
    }
    return this.#begin(desired, context);
  }

  async stop(ref: InstanceRef, context: ActContext & { graceMs: number; drainMs?: number }): Promise<void> {
    const { graceMs, drainMs = 0, signal } = context;
    const instance = this.#find(ref);
    if (instance !== undefined) await Promise.race([this.#end(instance, graceMs, drainMs, signal), aborted(signal)]);
  }

  connect(ref: InstanceRef): Upstream | undefined {
    const instance = this.#find(ref);
    return instance?.phase === 'running' ? instance.running?.upstream : undefined;
  }

  onChange(listener: (identity: Identity) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    const all = [...this.#instances.values()].flat();
    const results = await Promise.allSettled(all.map((instance) => this.#end(instance, graceMs, 0)));
    const failed = results.filter((result) => result.status === 'rejected').map(({ reason }): unknown => reason);
    if (failed.length > 0) throw new AggregateError(failed, `${failed.length} instances could not be ended`);
  }

  async #begin(desired: Desired, context: ActContext): Promise<InstanceRef> {
    const ref = { identity: desired.identity, runHash: desired.runHash, id: randomUUID() };
    const cancel = new AbortController();
    const signal = AbortSignal.any([context.signal, cancel.signal]);
    const launching = this.#launch(desired, ref, { signal, phase: (message) => context.phase(message) });
    const instance: Instance = { ref, startedAtMs: this.#clock.now(), cancel, phase: 'starting', launching };
    this.#instances.set(ref.identity, [...this.#of(ref.identity), instance]);
    this.#changed(instance);
    try {
      this.#serve(instance, await launching);
      return ref;
    } catch (error) {
      this.#forget(instance);
      throw error;
    }
  }

  #serve(instance: Instance, running: Running): void {
    instance.running = running;
    instance.phase = 'running';
    void running.ended.then((lastExit) => this.#onEnded(instance, lastExit));
    this.#changed(instance);
  }

  #onEnded(instance: Instance, lastExit: LastExit): void {
    if (instance.phase !== 'running') return;
    instance.phase = 'exited';
    instance.lastExit = lastExit;
    this.#changed(instance);
    // It stays listed until stop, but what it left running goes now; a failure shows when stop tries again.
    instance.ending = this.#finish(instance, STRAY_GRACE_MS);
    instance.ending.catch(() => undefined);
  }

  /** Ends the instance, its calls first, and forgets it; a second call joins the first. The signal ends only the wait for its calls. */
  async #end(instance: Instance, graceMs: number, drainMs: number, signal?: AbortSignal): Promise<void> {
    if (instance.phase === 'starting') await this.#cancelStart(instance);
    if (instance.phase === 'running' && instance.running !== undefined) {
      instance.phase = 'stopping';
      instance.drain = new Drain(this.#clock, instance.running.upstream.idle());
      this.#changed(instance);
    }
    await instance.drain?.wait(drainMs, signal);
    if (graceMs === 0) await instance.running?.stop(0); // hurries an end that is under way
    instance.ending ??= this.#finish(instance, graceMs);
    try {
      await instance.ending;
      this.#forget(instance);
    } catch (error) {
      if (instance.phase === 'stopping') instance.phase = 'running'; // so that the planner asks again
      delete instance.drain;
      throw error;
    }
  }

  async #finish(instance: Instance, graceMs: number): Promise<void> {
    try {
      await instance.running?.stop(graceMs);
    } finally {
      delete instance.ending;
    }
  }

  /** Its own start rejects and forgets it; a start that got ready at the same moment is stopped like any other. */
  async #cancelStart(instance: Instance): Promise<void> {
    instance.cancel.abort(new ClarityError('NotReady', 'it was stopped while it started'));
    await Promise.allSettled([instance.launching]);
  }

  #of(identity: Identity): readonly Instance[] {
    return this.#instances.get(identity) ?? [];
  }

  #find(ref: InstanceRef): Instance | undefined {
    return this.#of(ref.identity).find((instance) => instance.ref.id === ref.id);
  }

  #forget(instance: Instance): void {
    const { identity } = instance.ref;
    const rest = this.#of(identity).filter((other) => other !== instance);
    if (rest.length > 0) this.#instances.set(identity, rest);
    else this.#instances.delete(identity);
    this.#changed(instance);
  }

  #changed({ ref }: Instance): void {
    for (const listener of this.#listeners) listener(ref.identity);
  }
}

function isLive({ phase }: Instance): boolean {
  return phase === 'starting' || phase === 'running';
}
