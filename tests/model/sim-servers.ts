import type { Launch, Running } from '../../src/drivers/instance-driver.ts';
import type { InstanceUpstream } from '../../src/drivers/upstream.ts';
import type { InstanceRef, LastExit } from '../../src/reconcile/ports.ts';
import { aborted } from '../../src/shared/abort.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { ClarityError, type ErrorCode } from '../../src/shared/errors.ts';
import type { JsonObject } from '../../src/shared/json.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';

/** How the servers of one service behave; read anew at each step. */
export interface Behaviour {
  /** Milliseconds to the handshake; Infinity never answers. */
  startMs: number;
  /** The start fails with it instead. */
  startError: ErrorCode | undefined;
  /** How many more starts fail before it forgets `startError`. */
  startFailures: number;
  stopMs: number;
  /** Milliseconds to answer a list; Infinity never answers. */
  listMs: number;
  listsFail: boolean;
  /** Milliseconds to answer a ping; Infinity never answers. */
  pingMs: number;
  pingsFail: boolean;
  callMs: number;
  /** Ends by itself after so many milliseconds. */
  lifeMs: number;
  /** The version of its tools. */
  tools: number;
}

const HEALTHY: Behaviour = {
  startMs: 100,
  startError: undefined,
  startFailures: Number.POSITIVE_INFINITY,
  stopMs: 50,
  listMs: 10,
  listsFail: false,
  pingMs: 0,
  pingsFail: false,
  callMs: 500,
  lifeMs: Number.POSITIVE_INFINITY,
  tools: 1,
};

/** One simulated process, connection or module. */
export interface SimServer {
  readonly ref: InstanceRef;
  /** A request of ours went wrong: it may be given up. */
  sick: boolean;
  /** The tools that it last listed. */
  listed: number | undefined;
  /** Who waits for the last call to end. */
  readonly idle: (() => void)[];
  readonly activity: { inFlight: number; lastAtMs?: number };
  state: 'starting' | 'running' | 'stopping' | 'gone';
  readonly exit: (code: number) => void;
  readonly listeners: Set<(method: string, params: JsonObject | undefined) => void>;
}

/** Every simulated server of the world, and how each behaves. */
export class SimServers {
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #servers = new Map<string, Set<SimServer>>();
  #pid = 0;
  /** Told of failures that nobody asked for: of a start, of an answer, or an end by itself. */
  onFailure: (identity: string) => void = () => undefined;

  /** The behaviour of a service, to be changed in place. */
  of(identity: string): Behaviour {
    const known = this.#behaviours.get(identity);
    if (known !== undefined) return known;
    const fresh = { ...HEALTHY };
    this.#behaviours.set(identity, fresh);
    return fresh;
  }

  mend(identity: string): void {
    const behaviour = this.of(identity);
    Object.assign(behaviour, { ...HEALTHY, tools: behaviour.tools });
  }

  mendAll(): void {
    for (const identity of this.#behaviours.keys()) this.mend(identity);
  }

  /** What is there of a service, whatever its state. */
  all(identity: string): readonly SimServer[] {
    return [...(this.#servers.get(identity) ?? [])];
  }

  get identities(): readonly string[] {
    return [...this.#servers].flatMap(([identity, servers]) => (servers.size > 0 ? [identity] : []));
  }

  find({ identity, id }: InstanceRef): SimServer | undefined {
    return this.all(identity).find(({ ref }) => ref.id === id);
  }

  /** Every running server of the service ends by itself. */
  crash(identity: string, code: number): void {
    for (const server of this.all(identity)) if (server.state === 'running') server.exit(code);
  }

  listChanged(identity: string): void {
    for (const { listeners } of this.all(identity))
      for (const listener of listeners) listener('notifications/tools/list_changed', undefined);
  }

  /** The daemon that owned them is dead, and they with it. */
  killAll(): void {
    this.#servers.clear();
  }

  /** How a daemon with this clock launches servers. */
  launch(clock: Clock): Launch {
    return async (desired, ref, { signal }): Promise<Running> => {
      const { identity } = ref;
      let end: (exit: LastExit) => void = () => undefined;
      const ended = new Promise<LastExit>((resolve) => (end = resolve));
      const server: SimServer = {
        ref,
        sick: false,
        listed: undefined,
        activity: { inFlight: 0 },
        idle: [],
        state: 'starting',
        listeners: new Set(),
        exit: (code) => {
          this.#remove(server);
          this.onFailure(identity);
          end({ code, signal: null, atMs: clock.now(), stderrTail: ['boom'] });
        },
      };
      const servers = this.#servers.get(identity) ?? new Set();
      this.#servers.set(identity, servers.add(server));
      try {
        await this.#handshake(identity, desired.manifest.spec.startTimeoutMs, clock, signal);
      } catch (error) {
        this.#remove(server);
        if (!signal.aborted) this.onFailure(identity);
        throw error;
      }
      server.state = 'running';
      const { lifeMs } = this.of(identity);
      if (Number.isFinite(lifeMs))
        clock.after(lifeMs, () => {
          if (server.state === 'running') server.exit(1);
        });
      return {
        upstream: this.#upstream(server, clock),
        pid: ++this.#pid,
        ended,
        stop: () => this.#stop(server, clock),
      };
    };
  }

  async #handshake(identity: string, timeoutMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
    const behaviour = this.of(identity);
    if (!(await within(clock, behaviour.startMs, timeoutMs, signal)))
      throw new ClarityError('UpstreamTimeout', `no answer to initialize within ${String(timeoutMs)} ms`);
    if (behaviour.startError === undefined) return;
    const error = new ClarityError(behaviour.startError, 'it does not start');
    behaviour.startFailures--;
    if (behaviour.startFailures <= 0) behaviour.startError = undefined;
    throw error;
  }

  async #stop(server: SimServer, clock: Clock): Promise<void> {
    if (server.state === 'gone') return;
    server.state = 'stopping';
    await within(clock, this.of(server.ref.identity).stopMs, Number.POSITIVE_INFINITY, undefined);
    this.#remove(server);
  }

  #upstream(server: SimServer, clock: Clock): InstanceUpstream {
    return {
      ref: server.ref,
      server: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: server.ref.identity } },
      request: async (method, _params, { signal, timeoutMs }) => {
        if (method === 'tools/call') return this.#call(server, clock, timeoutMs);
        try {
          return await this.#answer(server, method, clock, timeoutMs, signal);
        } catch (error) {
          if (signal?.aborted !== true) server.sick = true;
          throw error;
        }
      },
      notify: () => Promise.resolve(),
      onNotification: (listener) => {
        server.listeners.add(listener);
        return () => server.listeners.delete(listener);
      },
      activity: server.activity,
      idle: () => new Promise((resolve) => (server.activity.inFlight === 0 ? resolve() : server.idle.push(resolve))),
    };
  }

  async #call(server: SimServer, clock: Clock, timeoutMs: number): Promise<JsonObject> {
    const { activity } = server;
    activity.inFlight++;
    activity.lastAtMs = clock.now();
    await within(clock, this.of(server.ref.identity).callMs, timeoutMs, undefined);
    activity.inFlight--;
    activity.lastAtMs = clock.now();
    if (activity.inFlight === 0) for (const resolve of server.idle.splice(0)) resolve();
    return {};
  }

  async #answer(
    server: SimServer,
    method: string,
    clock: Clock,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<JsonObject> {
    const { listMs, listsFail, pingMs, pingsFail, tools } = this.of(server.ref.identity);
    const isPing = method === 'ping';
    try {
      if (!(await within(clock, isPing ? pingMs : listMs, timeoutMs, signal)))
        throw new RpcError(RPC.timeout, 'no answer', { sent: true });
      if (server.state !== 'running') throw new RpcError(RPC.unavailable, 'the server ended', { sent: true });
      if (isPing ? pingsFail : listsFail) throw new RpcError(RPC.internalError, 'no');
    } catch (error) {
      // A server whose lists cannot be read, or whose probes fail, is no use: that counts like a failed start.
      this.onFailure(server.ref.identity);
      throw error;
    }
    if (isPing) return {};
    server.listed = tools;
    return { tools: [{ name: `tool_${String(tools)}`, inputSchema: { type: 'object' } }] };
  }

  #remove(server: SimServer): void {
    server.state = 'gone';
    this.#servers.get(server.ref.identity)?.delete(server);
  }
}

/** True after `ms`, false after `limitMs` where that is less. Rejects when the signal fires. */
async function within(clock: Clock, ms: number, limitMs: number, signal: AbortSignal | undefined): Promise<boolean> {
  signal?.throwIfAborted();
  if (ms === 0) return true;
  let cancel: () => void = () => undefined;
  const over = new Promise<boolean>((resolve) => {
    const shorter = Math.min(ms, limitMs);
    if (Number.isFinite(shorter)) cancel = clock.after(shorter, () => resolve(ms <= limitMs));
  });
  try {
    return await (signal === undefined ? over : Promise.race([over, aborted(signal)]));
  } finally {
    cancel();
  }
}
