import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

import { Controller } from '../../src/controller/controller.ts';
import { parseManifests } from '../../src/manifest/index.ts';
import type { OriginType } from '../../src/manifest/index.ts';
import type { Driver, Snapshot, SnapshotFile, Source } from '../../src/reconcile/ports.ts';
import { fixedSources } from '../helpers/fixed-sources.ts';
import { systemClock } from '../helpers/clock.ts';
import { FakeStore } from '../helpers/controller-rig.ts';
import { driverRig, toolJson, type DriverRig } from '../helpers/driver-rig.ts';
import { FakeArtifacts } from '../helpers/fake-artifacts.ts';
import { isAlive } from '../helpers/processes.ts';
import { sized } from '../helpers/size.ts';

const SERVER = fileURLToPath(new URL('../fixtures/servers/faulty-stdio.mjs', import.meta.url));
const NAMES = ['a', 'b', 'c'];
const LIMIT_MS = 25_000;

interface Wish {
  readonly version: number;
  readonly label: number;
  readonly enabled: boolean;
}

/** What people want, and a source that says so. */
class Wishes implements Source {
  readonly name = 'services';
  readonly kind = 'dir';
  readonly location = 'wishes';
  readonly workspace = process.cwd();
  readonly of = new Map<string, Wish>();
  #listener: (snapshot: Snapshot) => void = () => undefined;

  async start(listener: (snapshot: Snapshot) => void): Promise<void> {
    this.#listener = listener;
    await this.refresh();
  }

  refresh(): Promise<Snapshot> {
    const files = [...this.of].map(([name, wish]) => fileOf(name, wish));
    const revision = JSON.stringify([...this.of]);
    const snapshot = { source: this.name, revision, complete: true, files };
    this.#listener(snapshot);
    return Promise.resolve(snapshot);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function fileOf(name: string, { version, label, enabled }: Wish): SnapshotFile {
  const file = `${name}.yaml`;
  const env = `[{name: VERSION, value: "${String(version)}"}]`;
  const origin = `{type: local_stdio, command: ${JSON.stringify(process.execPath)}, args: [${JSON.stringify(SERVER)}], env: ${env}}`;
  const text = `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: ${name}, labels: {round: "${String(label)}"}}\nspec:\n  enabled: ${String(enabled)}\n  restartPolicy: {mode: always, maxRestarts: 0}\n  origin: ${origin}\n`;
  return { file, documents: parseManifests(file, text).documents, diagnostics: [], stale: false };
}

/** A daemon's loop over real processes; what the store keeps outlives it. */
class RealWorld {
  readonly wishes = new Wishes();
  readonly #store = new FakeStore();
  #rig: DriverRig | undefined;
  #controller: Controller | undefined;
  /** Processes that were there at the last look, of services that nothing has happened to since. */
  readonly #known = new Map<string, number>();

  get #loop(): Controller {
    if (this.#controller === undefined) throw new Error('no daemon');
    return this.#controller;
  }

  async start(): Promise<void> {
    this.#known.clear();
    this.#rig = driverRig();
    const driver = this.#rig.driver('local_stdio');
    this.#controller = new Controller({
      clock: systemClock,
      sources: fixedSources([this.wishes]),
      drivers: new Map<OriginType, Driver>([[driver.type, driver]]),
      artifacts: new FakeArtifacts(),
      secrets: this.#rig.deps.secrets,
      store: this.#store,
      events: this.#rig.deps.events,
      logs: this.#rig.deps.logs,
    });
    await this.#controller.start();
  }

  /** Ends the loop, and with it every process. */
  async stop(): Promise<void> {
    const pids = NAMES.flatMap((name) => this.#pids(name));
    await this.#loop.stop();
    await this.#rig?.close();
    expect(pids.filter(isAlive)).toEqual([]);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  edit(name: string, change: (wish: Wish | undefined) => Wish | undefined, isVisible: boolean): void {
    const next = change(this.wishes.of.get(name));
    if (next === undefined) this.wishes.of.delete(name);
    else this.wishes.of.set(name, next);
    if (isVisible) this.#known.delete(name);
    void this.wishes.refresh();
  }

  /** `kill -9`; over when the driver has seen it. */
  async kill(name: string): Promise<void> {
    this.#known.delete(name);
    const pids = this.#pids(name);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await expect.poll(() => this.#pids(name).some((pid) => pids.includes(pid)), { timeout: LIMIT_MS }).toBe(false);
  }

  /** Waits until all is as it is wished; what nothing happened to must be the same process. */
  async converge(): Promise<void> {
    for (const name of NAMES) {
      const wish = this.wishes.of.get(name);
      await expect.poll(() => this.#state(name), { timeout: LIMIT_MS }).toBe(stateOf(wish));
      if (wish?.enabled !== true) continue;
      const upstream = this.#loop.view.get(name)?.upstream();
      const result = await upstream?.request('tools/call', { name: 'env', arguments: {} }, { timeoutMs: LIMIT_MS });
      expect(toolJson(result)).toMatchObject({ VERSION: String(wish.version) });
      const [pid = 0] = this.#pids(name);
      expect(this.#known.get(name) ?? pid).toBe(pid);
      this.#known.set(name, pid);
    }
  }

  #state(name: string): string {
    const entry = this.#loop.fleet.entries.get(name);
    if (entry === undefined) return 'gone';
    const ready = entry.status?.conditions.find(({ type }) => type === 'Ready');
    const settled = entry.status?.observedGeneration === entry.row.generation;
    const wish = this.wishes.of.get(name);
    const current = entry.row.manifest.metadata.labels.round === String(wish?.label);
    return `${String(ready?.reason)} ${settled && current ? 'settled' : 'not settled'} ${String(this.#pids(name).length)}`;
  }

  #pids(name: string): readonly number[] {
    const observed = this.#rig?.driver('local_stdio').observe(name) ?? [];
    return observed.flatMap(({ pid, phase }) => (phase === 'exited' || pid === undefined ? [] : [pid]));
  }
}

function stateOf(wish: Wish | undefined): string {
  if (wish === undefined) return 'gone';
  return wish.enabled ? 'Serving settled 1' : 'Stopped settled 0';
}

const first: Wish = { version: 1, label: 1, enabled: true };
const ACTS: Readonly<Record<string, (world: RealWorld, name: string) => void | Promise<void>>> = {
  version: (world, name) => world.edit(name, (w = first) => ({ ...w, version: w.version + 1 }), true),
  versionBack: (world, name) => world.edit(name, (w = first) => ({ ...w, version: 1 }), true),
  label: (world, name) => world.edit(name, (w) => w && { ...w, label: w.label + 1 }, false),
  enabled: (world, name) => world.edit(name, (w = first) => ({ ...w, enabled: !w.enabled }), true),
  delete: (world, name) => world.edit(name, () => undefined, true),
  kill: (world, name) => world.kill(name),
  restart: (world) => world.restart(),
};
const step = fc.record({
  what: fc.constantFrom(...Object.keys(ACTS)),
  name: fc.constantFrom(...NAMES),
  waits: fc.boolean(),
});

it(
  'whatever happens to real processes, the right ones run in the end, and those that nothing happened to are the same',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 10 }), async (steps) => {
        const world = new RealWorld();
        for (const name of NAMES) world.wishes.of.set(name, first);
        await world.start();
        try {
          for (const { what, name, waits } of steps) {
            await ACTS[what]?.(world, name);
            if (waits) await world.converge();
          }
          await world.converge();
        } finally {
          await world.stop();
        }
      }),
      { numRuns: sized(1, 20), endOnFailure: true },
    );
  },
  sized(60_000, 900_000),
);
