import { Controller } from '../../src/controller/controller.ts';
import { InstanceDriver } from '../../src/drivers/instance-driver.ts';
import type {
  ActContext,
  Desired,
  Driver,
  EventSink,
  HistoryEntry,
  InstanceRef,
  KeptInterface,
  SecretResolver,
  ServiceRow,
  Source,
  StatusStore,
} from '../../src/reconcile/ports.ts';
import { fixedSources } from '../helpers/fixed-sources.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { SimFiles } from './sim-artifacts.ts';
import { ProcessClock } from './sim-clock.ts';
import type { SimServers } from './sim-servers.ts';
import { TYPES } from './wish.ts';

/** What a disk keeps: it outlives every daemon, and may refuse for a while. */
export class SimDisk {
  readonly rows = new Map<string, ServiceRow>();
  readonly interfaces = new Map<string, KeptInterface>();
  refuses = false;
}

/** What is asked of drivers, before they do it. */
export interface Witness {
  starting(desired: Desired): void;
  stopping(ref: InstanceRef): void;
  reconciling(identity: string): () => void;
  event(event: Parameters<EventSink['emit']>[0]): void;
}

interface Surroundings {
  readonly clock: Clock;
  readonly source: Source;
  readonly disk: SimDisk;
  readonly servers: SimServers;
  readonly secrets: SecretResolver;
  readonly files: SimFiles;
  readonly witness: Witness;
}

/** One daemon process: the real controller and instance bookkeeping over a simulated world. */
export class SimDaemon {
  readonly controller: Controller;
  readonly #clock: ProcessClock;
  readonly #store: ProcessStore;
  readonly #servers: SimServers;
  readonly #files: ReturnType<SimFiles['look']>;

  constructor({ clock, source, disk, servers, secrets, files, witness }: Surroundings) {
    this.#clock = new ProcessClock(clock);
    this.#store = new ProcessStore(disk);
    this.#servers = servers;
    this.#files = files.look();
    const launch = servers.launch(this.#clock);
    this.controller = new Controller({
      clock: this.#clock,
      sources: fixedSources([source]),
      drivers: new Map(TYPES.map((type) => [type, watched(new InstanceDriver(type, this.#clock, launch), witness)])),
      artifacts: this.#files.artifacts,
      secrets,
      store: this.#store,
      events: { emit: (event) => witness.event(event) },
      logs: { append: () => undefined, tail: () => Promise.resolve([]), follow: () => () => undefined },
    });
    const { reconciler } = this.controller;
    const reconcile = reconciler.reconcile.bind(reconciler);
    reconciler.reconcile = async (identity) => {
      const done = witness.reconciling(identity);
      await reconcile(identity).finally(done);
    };
  }

  /** `kill -9`: what it was doing is not finished, and its servers are gone with it. */
  kill(): void {
    this.#clock.kill();
    this.#files.close();
    this.#store.dead = true;
    this.#servers.killAll();
  }
}

/** The disk as one process sees it. */
class ProcessStore implements StatusStore {
  readonly #disk: SimDisk;
  dead = false;

  constructor(disk: SimDisk) {
    this.#disk = disk;
  }

  loadServices(): readonly ServiceRow[] {
    return [...this.#disk.rows.values()];
  }

  async saveService(row: ServiceRow): Promise<void> {
    await this.#write(() => {
      const before = this.#disk.rows.get(row.identity);
      if (before !== undefined && before.generation > row.generation)
        throw new Error(`${row.identity} fell from generation ${String(before.generation)}`);
      this.#disk.rows.set(row.identity, structuredClone(row));
    });
  }

  async forgetService(identity: string): Promise<void> {
    await this.#write(() => {
      this.#disk.rows.delete(identity);
      this.#disk.interfaces.delete(identity);
    });
  }

  addHistory(): Promise<void> {
    return Promise.resolve();
  }

  settleHistory(): Promise<void> {
    return Promise.resolve();
  }

  history(): readonly HistoryEntry[] {
    return [];
  }

  loadInterface(identity: string): KeptInterface | undefined {
    return this.#disk.interfaces.get(identity);
  }

  saveInterface(identity: string, kept: KeptInterface): Promise<void> {
    return this.#write(() => this.#disk.interfaces.set(identity, structuredClone(kept)));
  }

  #write(work: () => unknown): Promise<void> {
    // What a dead process asks for is never answered.
    if (this.dead) return new Promise(() => undefined);
    if (this.#disk.refuses) return Promise.reject(new Error('disk full'));
    work();
    return Promise.resolve();
  }
}

/** The driver, with a witness of all that is asked of it. */
function watched(driver: InstanceDriver, witness: Witness): Driver {
  return {
    type: driver.type,
    observe: (identity) => driver.observe(identity),
    start: (desired, context: ActContext) => {
      witness.starting(desired);
      return driver.start(desired, context);
    },
    stop: (ref, context) => {
      witness.stopping(ref);
      return driver.stop(ref, context);
    },
    connect: (ref) => driver.connect(ref),
    onChange: (listener) => driver.onChange(listener),
    close: (graceMs) => driver.close(graceMs),
  };
}
