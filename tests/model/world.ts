import { RpcError } from '../../src/shared/json-rpc.ts';
import type { Desired, InstanceRef } from '../../src/reconcile/ports.ts';
import { Folder } from './folder.ts';
import { Ledger, type Held } from './ledger.ts';
import { SimFiles } from './sim-artifacts.ts';
import { SimClock } from './sim-clock.ts';
import { SimDaemon, SimDisk, type Witness } from './sim-daemon.ts';
import { SimServers } from './sim-servers.ts';
import { runHashOf, type Wish } from './wish.ts';
import { mapSecrets } from '../helpers/map-secrets.ts';

/** A whole simulated world: what people write, what servers do, what the disk keeps, and the daemon of the moment. */
export class World {
  readonly clock = new SimClock();
  readonly folder = new Folder();
  readonly servers = new SimServers();
  readonly disk = new SimDisk();
  readonly sourceFiles = new SimFiles();
  readonly secrets = new Map<string, string>();
  readonly ledger = new Ledger();
  /** What went against the laws, the first first. */
  readonly offences: string[] = [];
  readonly #wishes = new Map<number, Wish>();
  /** The generation for which the daemon has had the secret. */
  readonly #secretKnown = new Map<string, number>();
  readonly #inWork = new Set<string>();
  /** Stops and starts in the name of the end of the daemon are not judged. */
  #isStopping = false;
  /** The stores refused lately: what was not written is tried again. */
  #mayFail = false;
  #daemon: SimDaemon | undefined;
  #serial = 0;

  constructor() {
    this.folder.onReport = (removed) => this.#absorb(removed, false);
    this.servers.onFailure = (identity) => this.failed(identity);
  }

  get daemon(): SimDaemon {
    if (this.#daemon === undefined) throw new Error('no daemon');
    return this.#daemon;
  }

  /** A wish that a daemon may read. */
  write(wish: Wish): Wish {
    // A remote server has no environment.
    const secret = wish.type === 'remote_mcp' ? undefined : wish.secret;
    const next = { ...wish, secret, serial: ++this.#serial };
    this.#wishes.set(next.serial, next);
    return next;
  }

  async startDaemon(): Promise<void> {
    this.ledger.reload(this.disk.rows.values(), this.#wishes);
    this.#secretKnown.clear();
    this.#daemon = new SimDaemon({
      clock: this.clock,
      source: this.folder,
      disk: this.disk,
      servers: this.servers,
      secrets: mapSecrets(this.secrets),
      files: this.sourceFiles,
      witness: this.#witness(),
    });
    await this.#daemon.controller.start();
    await this.run(0);
  }

  killDaemon(): void {
    this.#daemon?.kill();
    this.#daemon = undefined;
    this.#inWork.clear();
  }

  /** SIGTERM, and the time that it needs. */
  async stopDaemon(): Promise<void> {
    this.#isStopping = true;
    const ends: unknown[] = [];
    const stopping = this.daemon.controller.stop().then(() => ends.push('stopped'));
    for (let i = 0; i < 100 && ends.length === 0; i++) await this.run(10_000);
    if (ends.length === 0) this.offend('the daemon does not end');
    else await stopping;
    this.#isStopping = false;
    for (const identity of this.servers.identities) this.offend(`${identity} outlives its daemon`);
    this.killDaemon();
  }

  /** Time passes, with all that falls due. */
  async run(ms: number): Promise<void> {
    const end = this.clock.passed + ms;
    do await settled();
    while (this.clock.fireNext(end));
    this.#learnSecrets();
    this.#checkServed();
  }

  /** A person agrees to what is gone. */
  confirmPrune(): void {
    this.#absorb(new Set(), true);
    this.daemon.controller.sources.confirmPrune(this.folder.revision);
  }

  /** The instance that the service should run as, as far as its wish and the world say; undefined where a secret is missing. */
  runHash({ wish }: Held): string | undefined {
    const secret = wish.secret === undefined ? undefined : this.secrets.get(wish.secret);
    if (wish.secret !== undefined && secret === undefined) return undefined;
    return runHashOf(wish, secret, wish.type === 'local_wasm' ? this.sourceFiles.hashOf(wish.name) : undefined);
  }

  /** True where it cannot be started for want of a secret. */
  missesSecret(held: Held): boolean {
    return this.runHash(held) === undefined && this.#secretKnown.get(held.wish.name) !== held.generation;
  }

  /** True where it should run, as far as people and the other services say. */
  wantsRun(held: Held | undefined): held is Held {
    if (held === undefined || held.going || this.ledger.blocker(held.wish.name) !== undefined) return false;
    const { enabled, autostart, suspend } = held.wish;
    return enabled && autostart && !suspend;
  }

  /** A client calls a service: it is woken where it sleeps. */
  call(identity: string): void {
    const service = this.daemon.controller.view.get(identity);
    if (service === undefined) return;
    const call = async () => {
      const upstream = service.upstream() ?? (await service.wake?.(new AbortController().signal));
      await upstream?.request('tools/call', {}, { timeoutMs: 10_000 });
    };
    // How it ends is the business of the gateway's tests; here it only keeps a service awake.
    call().catch((error: unknown) => {
      if (!(error instanceof RpcError)) this.offend(`a call of ${identity} ended with ${String(error)}`);
    });
  }

  failed(identity: string): void {
    const held = this.ledger.held.get(identity);
    if (held === undefined) return;
    held.failures++;
    held.ends++;
  }

  /** From now on the disk refuses, or not. */
  refuse(refuses: boolean): void {
    this.disk.refuses = refuses;
    this.#mayFail = true;
  }

  offend(what: string): void {
    this.offences.push(`at ${String(this.clock.passed)} ms: ${what}`);
  }

  #absorb(removed: ReadonlySet<string>, confirmed: boolean): void {
    const { folder, clock, ledger } = this;
    const entries = this.#daemon?.controller.fleet.entries;
    const report = {
      files: folder.seen,
      policies: folder.seenPolicies,
      trouble: folder.trouble?.why.reason,
      removed,
      confirmed,
      now: clock.now(),
    };
    ledger.absorb(report, (name) => entries?.has(name) === false);
  }

  #learnSecrets(): void {
    for (const held of this.ledger.live) {
      const { wish, generation } = held;
      if (wish.secret !== undefined && this.runHash(held) !== undefined) this.#secretKnown.set(wish.name, generation);
    }
  }

  #witness(): Witness {
    return {
      starting: (desired) => this.#judgeStart(desired),
      stopping: (ref) => this.#judgeStop(ref),
      reconciling: (identity) => {
        if (this.#inWork.has(identity)) this.offend(`${identity} is reconciled twice at once`);
        this.#inWork.add(identity);
        return () => this.#inWork.delete(identity);
      },
      event: ({ kind, identity, message }) => {
        if (kind === 'reconcile.failed' && !this.#mayFail)
          this.offend(`the reconcile of ${String(identity)} failed: ${message}`);
      },
    };
  }

  #judgeStart({ identity, runHash }: Desired): void {
    const held = this.ledger.held.get(identity);
    if (!this.wantsRun(held) || this.missesSecret(held))
      return this.offend(`${identity} is started, and nobody wants that`);
    const wanted = this.runHash(held);
    if (wanted !== undefined && wanted !== runHash)
      this.offend(`${identity} is started as something that nobody wants`);
    const live = this.servers.all(identity).filter(({ state }) => state === 'starting' || state === 'running');
    if (live.some(({ ref }) => ref.runHash === runHash)) this.offend(`${identity} is started twice`);
    if (live.length > 1) this.offend(`${identity} runs more than twice`);
  }

  #judgeStop(ref: InstanceRef): void {
    const { identity } = ref;
    const server = this.servers.find(ref);
    if (this.#isStopping || server === undefined || server.state === 'stopping') return;
    const held = this.ledger.held.get(identity);
    if (held?.wish.suspend === true) return this.offend(`${identity} is stopped although it is suspended`);
    if (server.sick) {
      this.failed(identity);
      return;
    }
    if (!this.wantsRun(held)) return;
    const wanted = this.runHash(held);
    const isUnchanged = wanted === ref.runHash || (wanted === undefined && !this.missesSecret(held));
    if (isUnchanged && !held.wish.onDemand)
      return this.offend(`${identity} is stopped although it is desired and unchanged`);
    if (isUnchanged || held.wish.strategy !== 'Overlap' || server.state !== 'running') return;
    const serving = this.daemon.controller.view.get(identity)?.upstream()?.ref;
    if (serving?.id === ref.id) this.offend(`${identity} is stopped while it serves and no other is ready`);
  }

  /** What the gateway can call is there. */
  #checkServed(): void {
    for (const service of this.#daemon?.controller.view.served() ?? []) {
      const upstream = service.upstream();
      const server = upstream && this.servers.find(upstream.ref);
      if (upstream !== undefined && server?.state !== 'running')
        this.offend(`${service.identity} is served by an instance that is ${server?.state ?? 'gone'}`);
    }
  }
}

/** Everything that needs no time has happened. */
async function settled(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve));
}
