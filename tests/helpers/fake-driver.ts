import type { OriginType } from '../../src/manifest/index.ts';
import type {
  ActContext,
  Activity,
  Desired,
  Driver,
  Identity,
  InstanceRef,
  ObservedInstance,
  Upstream,
} from '../../src/reconcile/ports.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { aborted } from '../../src/shared/abort.ts';

/** How the servers of one service behave; read anew at each step. */
export interface Behaviour {
  /** Milliseconds to the handshake; Infinity never answers. */
  startMs: number;
  /** Rejects the start instead. */
  startError?: ClarityError;
  stopMs: number;
  /** Milliseconds until the calls in flight of an instance that is stopping are over. */
  callsMs: number;
  /** Rejects the stop instead, at once. */
  stopError?: ClarityError;
  /** Milliseconds to answer a list; Infinity never answers. */
  listMs: number;
  listError?: RpcError;
  pingError?: RpcError;
  /** Names of its tools. */
  tools: readonly string[];
  /** What clients do with it. */
  activity?: Activity;
}

const QUIET: Activity = { inFlight: 0 };

interface Simulated {
  readonly ref: InstanceRef;
  readonly desired: Desired;
  readonly listeners: Set<(method: string, params: JsonObject | undefined) => void>;
  readonly startedAtMs: number;
  readonly pid: number;
  readonly cancel: AbortController;
  phase: ObservedInstance['phase'];
  exit?: ObservedInstance['lastExit'];
}

/** A driver whose servers are values, on a clock that the test turns. */
export class FakeDriver implements Driver {
  readonly type: OriginType;
  readonly #clock: Clock;
  readonly #listeners = new Set<(identity: Identity) => void>();
  readonly #behaviours = new Map<Identity, Behaviour>();
  #instances: Simulated[] = [];
  #pid = 0;
  /** `start files`, `stop files`, … in the order in which they began. */
  readonly calls: string[] = [];
  /** Told of each stop before it takes effect. */
  onStop: (ref: InstanceRef, desired: Desired, phase: ObservedInstance['phase']) => void = () => undefined;

  constructor(clock: Clock, type: OriginType = 'local_stdio') {
    this.type = type;
    this.#clock = clock;
  }

  /** The behaviour of a service, to be changed in place. */
  of(identity: Identity): Behaviour {
    const known = this.#behaviours.get(identity);
    if (known !== undefined) return known;
    const fresh: Behaviour = { startMs: 100, stopMs: 50, callsMs: 0, listMs: 10, tools: ['echo'] };
    this.#behaviours.set(identity, fresh);
    return fresh;
  }

  observe(identity: Identity): readonly ObservedInstance[] {
    return this.#all(identity).map(({ ref, phase, startedAtMs, pid, exit }) => ({
      ref,
      phase,
      startedAtMs,
      pid,
      ...(exit && { lastExit: exit }),
      ...(phase === 'running' && { activity: this.of(identity).activity ?? QUIET }),
    }));
  }

  /** What runs of a service. */
  running(identity: Identity): readonly Desired[] {
    return this.#all(identity).flatMap(({ phase, desired }) => (phase === 'running' ? [desired] : []));
  }

  async start(desired: Desired, { signal }: ActContext): Promise<InstanceRef> {
    signal.throwIfAborted();
    const { identity, runHash } = desired;
    this.calls.push(`start ${identity}`);
    const pid = ++this.#pid;
    const ref = { identity, runHash, id: `${this.type} ${identity}#${String(pid)}` };
    const cancel = new AbortController();
    const startedAtMs = this.#clock.now();
    const one: Simulated = { ref, desired, listeners: new Set(), startedAtMs, pid, cancel, phase: 'starting' };
    this.#instances.push(one);
    this.#changed(identity);
    const { startMs, startError } = this.of(identity);
    try {
      await this.#pause(startMs, AbortSignal.any([signal, cancel.signal]));
      if (startError !== undefined) throw startError;
    } catch (error) {
      this.#forget(one);
      throw error;
    }
    one.phase = 'running';
    this.#changed(identity);
    return ref;
  }

  async stop(
    ref: InstanceRef,
    { signal, drainMs = 0 }: ActContext & { graceMs: number; drainMs?: number },
  ): Promise<void> {
    const one = this.#instances.find((other) => other.ref.id === ref.id);
    if (one === undefined) return;
    this.calls.push(`stop ${ref.identity}`);
    this.onStop(ref, one.desired, one.phase);
    const { stopMs, callsMs, stopError } = this.of(ref.identity);
    if (stopError !== undefined) throw stopError;
    const drainedMs = one.phase === 'running' ? Math.min(callsMs, drainMs) : 0;
    one.cancel.abort(new ClarityError('NotReady', 'stopped'));
    if (one.phase === 'running' || one.phase === 'starting') one.phase = 'stopping';
    this.#changed(ref.identity);
    const gone = this.#pause(drainedMs + stopMs, undefined).then(() => this.#forget(one));
    await Promise.race([gone, aborted(signal)]);
  }

  /** Every running server of the service ends by itself. */
  crash(identity: Identity, code = 1): void {
    for (const one of this.#all(identity).filter(({ phase }) => phase === 'running')) {
      one.phase = 'exited';
      one.exit = { code, signal: null, atMs: this.#clock.now(), stderrTail: ['boom'] };
    }
    this.#changed(identity);
  }

  /** The running servers of the service say that their tools changed. */
  listChanged(identity: Identity): void {
    for (const { listeners } of this.#all(identity))
      for (const listener of listeners) listener('notifications/tools/list_changed', undefined);
  }

  connect(ref: InstanceRef): Upstream | undefined {
    const one = this.#instances.find((other) => other.ref.id === ref.id);
    if (one?.phase !== 'running') return undefined;
    return {
      ref,
      server: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: ref.identity } },
      request: async (method, _params, { signal }) => this.#answer(one, method, signal),
      notify: () => Promise.resolve(),
      onNotification: (listener) => {
        one.listeners.add(listener);
        return () => one.listeners.delete(listener);
      },
      activity: this.of(ref.identity).activity ?? QUIET,
    };
  }

  onChange(listener: (identity: Identity) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#instances = [];
    return Promise.resolve();
  }

  async #answer(one: Simulated, method: string, signal: AbortSignal | undefined): Promise<JsonObject> {
    const { identity } = one.ref;
    this.calls.push(`${method} ${identity}`);
    const { listMs, listError, pingError, tools } = this.of(identity);
    if (method === 'ping') {
      if (pingError !== undefined) throw pingError;
      return {};
    }
    await this.#pause(listMs, signal);
    if (one.phase !== 'running') throw new RpcError(RPC.unavailable, 'the server ended', { sent: true });
    if (listError !== undefined) throw listError;
    return { tools: tools.map((name) => ({ name, inputSchema: { type: 'object' } })) };
  }

  #all(identity: Identity): readonly Simulated[] {
    return this.#instances.filter(({ ref }) => ref.identity === identity);
  }

  #forget(one: Simulated): void {
    this.#instances = this.#instances.filter((other) => other !== one);
    this.#changed(one.ref.identity);
  }

  #changed(identity: Identity): void {
    for (const listener of this.#listeners) listener(identity);
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const over = new Promise<void>((resolve) => {
      if (Number.isFinite(ms)) this.#clock.after(ms, resolve);
    });
    await (signal === undefined ? over : Promise.race([over, aborted(signal)]));
  }
}
