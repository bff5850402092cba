import { onTestFinished } from 'vitest';
import { Controller } from '../../src/controller/controller.ts';
import type { Entry } from '../../src/controller/entry.ts';
import { parseManifests } from '../../src/manifest/index.ts';
import type {
  EventSink,
  HistoryEntry,
  KeptInterface,
  RefreshHint,
  ServiceRow,
  Snapshot,
  SnapshotFile,
  Source,
  StatusStore,
} from '../../src/reconcile/ports.ts';
import { sampleFleet } from '../../src/runtime/fleet-samples.ts';
import { Metrics } from '../../src/telemetry/metrics/metrics.ts';
import type { LiveSources } from '../../src/sources/source-set.ts';
import { FakeClock } from './clock.ts';
import { FakeArtifacts } from './fake-artifacts.ts';
import { FakeDriver } from './fake-driver.ts';
import { fixedSources } from './fixed-sources.ts';
import { mapSecrets } from './map-secrets.ts';

type News = Parameters<EventSink['emit']>[0];

/** A manifest of a stdio service; `spec` is YAML of further spec lines, each indented by two. */
export function service(name: string, spec = '', metadata = ''): string {
  return `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: ${name}${metadata}}\nspec:\n  origin: {type: local_stdio, command: node}\n${spec}`;
}

/** A source whose files a test writes, one document a file. */
export class FakeSource implements Source {
  readonly name: string;
  readonly kind: Source['kind'];
  readonly location: string;
  readonly workspace: string;
  readonly files = new Map<string, SnapshotFile>();
  over: Partial<Snapshot> = {};
  /** Looks that were asked for. */
  looks = 0;
  isClosed = false;
  #listener: (snapshot: Snapshot) => void = () => undefined;

  constructor(name = 'services', kind: Source['kind'] = 'dir') {
    this.name = name;
    this.kind = kind;
    this.location = `/w/${name}`;
    this.workspace = kind === 'dir' ? '/w' : `/w/.clarity/sources/${name}/current`;
  }

  start(listener: (snapshot: Snapshot) => void): Promise<void> {
    this.#listener = listener;
    this.report();
    return Promise.resolve();
  }

  /** Puts files there, or takes them away, and tells. */
  set(files: Readonly<Record<string, string | undefined>>): void {
    for (const [file, text] of Object.entries(files))
      if (text === undefined) this.files.delete(file);
      else
        this.files.set(file, { file, documents: parseManifests(file, text).documents, diagnostics: [], stale: false });
    this.report();
  }

  report(): Snapshot {
    const files = [...this.files.values()];
    // By content, as the real one: a folder that is emptied twice has one revision.
    const revision = files.flatMap(({ documents }) => documents.map((d) => `${d.name}:${d.specHash}`)).join();
    const snapshot = { source: this.name, revision, complete: true, files, ...this.over };
    this.#listener(snapshot);
    return snapshot;
  }

  refresh(hint?: RefreshHint): Promise<Snapshot> {
    this.looks += 1;
    for (const { name } of hint?.removed ?? [])
      for (const [file, { documents }] of this.files) if (documents[0]?.name === name) this.files.delete(file);
    return Promise.resolve(this.report());
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

/** A store in memory that can be told to refuse. */
export class FakeStore implements StatusStore {
  readonly rows = new Map<string, ServiceRow>();
  readonly entries: HistoryEntry[] = [];
  readonly interfaces = new Map<string, KeptInterface>();
  refuses = false;

  loadServices(): readonly ServiceRow[] {
    return [...this.rows.values()];
  }
  saveService(row: ServiceRow): Promise<void> {
    return this.#write(() => this.rows.set(row.identity, structuredClone(row)));
  }
  forgetService(identity: string): Promise<void> {
    return this.#write(() => {
      this.rows.delete(identity);
      this.interfaces.delete(identity);
    });
  }
  addHistory(entry: HistoryEntry): Promise<void> {
    return this.#write(() => this.entries.push(entry));
  }
  settleHistory(): Promise<void> {
    return Promise.resolve();
  }
  history(identity: string): readonly HistoryEntry[] {
    return this.entries.filter((entry) => entry.identity === identity);
  }
  loadInterface(identity: string): KeptInterface | undefined {
    return this.interfaces.get(identity);
  }
  saveInterface(identity: string, kept: KeptInterface): Promise<void> {
    return this.#write(() => this.interfaces.set(identity, structuredClone(kept)));
  }

  #write(work: () => unknown): Promise<void> {
    if (this.refuses) return Promise.reject(new Error('disk full'));
    work();
    return Promise.resolve();
  }
}

/** The whole loop over a simulated world: source, driver, store, secrets and clock are the test's. */
export class ControllerRig {
  readonly clock = new FakeClock();
  readonly source = new FakeSource();
  /** Those that Source documents declared, the newest of each name. */
  readonly declared = new Map<string, FakeSource>();
  readonly sources: LiveSources;
  /** What a source has when it is made. */
  filesOf: (name: string) => Readonly<Record<string, string>> = () => ({});
  readonly driver = new FakeDriver(this.clock);
  /** Of local_wasm services. */
  readonly wasm = new FakeDriver(this.clock, 'local_wasm');
  /** Of remote_mcp services. */
  readonly remote = new FakeDriver(this.clock, 'remote_mcp');
  readonly artifacts = new FakeArtifacts();
  readonly store: FakeStore;
  readonly secrets = new Map<string, string>();
  readonly events: News[] = [];
  readonly controller: Controller;
  readonly metrics: Metrics;

  private constructor(store: FakeStore) {
    this.store = store;
    this.sources = fixedSources([this.source], (name, spec) => {
      const source = new FakeSource(name, spec.git === undefined ? 'dir' : 'git');
      source.set(this.filesOf(name));
      this.declared.set(name, source);
      return source;
    });
    this.metrics = new Metrics({
      clock: this.clock,
      version: '0',
      fleet: () => sampleFleet(this.controller, this.clock.now()),
    });
    this.controller = new Controller({
      clock: this.clock,
      sources: this.sources,
      drivers: new Map([this.driver, this.wasm, this.remote].map((driver) => [driver.type, driver])),
      artifacts: this.artifacts,
      secrets: mapSecrets(this.secrets),
      store,
      events: { emit: (event) => this.events.push(event) },
      logs: { append: () => undefined, tail: () => Promise.resolve([]), follow: () => () => undefined },
      metrics: this.metrics.controller,
    });
  }

  /** Starts the loop on the files given; ends it with the test. */
  static async start(
    files: Readonly<Record<string, string>>,
    prepare: (rig: ControllerRig) => void = () => undefined,
    store = new FakeStore(),
  ): Promise<ControllerRig> {
    const rig = new ControllerRig(store);
    prepare(rig);
    rig.source.set(files);
    await rig.controller.start();
    onTestFinished(() => rig.stop());
    return rig;
  }

  /** Lets time pass, with all that falls due on the way. */
  async run(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    for (;;) {
      await settled();
      const next = this.clock.nextAt;
      if (next === undefined || next > end) break;
      this.clock.advance(Math.max(0, next - this.clock.now()));
    }
    this.clock.advance(end - this.clock.now());
    await settled();
  }

  entry(identity: string): Entry {
    const entry = this.controller.fleet.entries.get(identity);
    if (entry === undefined) throw new Error(`no ${identity}`);
    return entry;
  }

  condition(identity: string, type = 'Ready'): string {
    const found = this.entry(identity).status?.conditions.find((condition) => condition.type === type);
    return found === undefined ? 'absent' : `${found.status}:${found.reason}`;
  }

  async stop(): Promise<void> {
    const stopped = this.controller.stop();
    await this.run(60_000);
    await stopped;
  }
}

/** Everything that needs no time has happened. */
async function settled(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve));
}
