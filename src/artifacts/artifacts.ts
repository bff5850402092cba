import { realpathSync } from 'node:fs';
import type { ServiceManifest } from '../manifest/index.ts';
import type { ArtifactService, ArtifactState, DocumentOrigin, Identity, Unsubscribe } from '../reconcile/ports.ts';
import type { Cancel, Clock } from '../shared/clock.ts';
import { ClarityError } from '../shared/errors.ts';
import { Cache } from './cache.ts';
import { CompileThread } from './compile-thread.ts';
import { compilerStamp } from './compiler-stamp.ts';
import { InputWatch } from './input-watch.ts';
import { DEFAULT_LIMITS, type ArtifactLimits } from './limits.ts';
import { ModuleMaker } from './module-maker.ts';
import { prune, removeService } from './prune.ts';
import { recipeOf, type Recipe } from './recipe.ts';
import { ServiceArtifact, type ArtifactTools } from './service-artifact.ts';
import { Turns } from './turns.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface ArtifactsDeps {
  readonly clock: Clock;
  /** Absolute: the cache, `<state>/build`. Made when it is first needed. */
  readonly folder: string;
  /** The absolute folder that relative paths of a source's manifests are relative to; a link is followed each time. */
  readonly workspaceOf: (source: string) => string;
  /** The daemon's environment, out of which an outside compiler gets the allow-list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** CLARITYC_BIN: the compiler where a manifest names none; undefined: the embedded one. */
  readonly compilerBin: string | undefined;
  /** Names the state directory in the mark that children carry. */
  readonly stateHash: string;
}

/** Modules that are made at one time: each may take 64 MiB, and a process where the compiler is an outside one. */
const MAKING_AT_ONCE = 4;
/** Services that are compared with what an earlier daemon made of them: each may have a file open. */
const LOOKING_AT_ONCE = 16;
/** No service has this name. */
const PRUNING = ' pruning';
/** What a service without wasm has. */
const NOTHING: ArtifactState = { diagnostics: [] };

/** Makes the service; nothing is read, watched or started before the first `resolve`. */
export function createArtifacts(deps: ArtifactsDeps, limits: Partial<ArtifactLimits> = {}): ArtifactService {
  return new Artifacts(deps, { ...DEFAULT_LIMITS, ...limits });
}

class Artifacts implements ArtifactService {
  readonly #deps: ArtifactsDeps;
  readonly #thread: CompileThread;
  readonly #tools: ArtifactTools;
  readonly #closing = new AbortController();
  readonly #services = new Map<Identity, ServiceArtifact>();
  readonly #listeners = new Set<(identity: Identity) => void>();
  /** Work on the cache that nobody waits for, by what it is about; the next one on the same waits. */
  readonly #chores = new Map<string, Promise<unknown>>();
  readonly #previews = new Set<Promise<unknown>>();
  #cancelPrune: Cancel | undefined;
  #wasUsed = false;
  #stamp: Promise<string> | undefined;

  constructor(deps: ArtifactsDeps, limits: ArtifactLimits) {
    const { clock } = deps;
    const cache = new Cache(deps.folder, clock);
    this.#deps = deps;
    this.#thread = new CompileThread(clock, limits);
    this.#tools = {
      clock,
      cache,
      maker: new ModuleMaker(deps, limits, this.#thread, cache),
      watch: new InputWatch(clock, limits, (identity) => this.#tell(identity)),
      making: new Turns(MAKING_AT_ONCE),
      looking: new Turns(LOOKING_AT_ONCE),
      compilerStamp: () => (this.#stamp ??= compilerStamp()),
      retryMs: limits.retryMs,
      signal: this.#closing.signal,
      onReplaced: () => this.#pruneSoon(limits.pruneMs),
    };
  }

  async resolve(manifest: ServiceManifest, origin: DocumentOrigin, signal: AbortSignal): Promise<ArtifactState> {
    this.#assertOpen(signal);
    const recipe = this.#recipe(manifest, origin);
    if (recipe === undefined) {
      // It had been a wasm service before.
      if (this.#services.has(manifest.metadata.name)) this.forget(manifest.metadata.name);
      return NOTHING;
    }
    if (!this.#wasUsed) this.#pruneSoon(0);
    this.#wasUsed = true;
    return unlessAborted(this.#resolve(recipe), signal);
  }

  async preview(
    manifest: ServiceManifest,
    origin: DocumentOrigin,
    signal: AbortSignal,
    runnable = false,
  ): Promise<ArtifactState> {
    this.#assertOpen(signal);
    const recipe = this.#recipe(manifest, origin);
    if (recipe === undefined) return NOTHING;
    const known = this.#services.get(recipe.identity)?.peek(recipe);
    if (known !== undefined) return known;
    const work = new ServiceArtifact(recipe.identity, this.#tools, runnable ? 'module' : 'nothing').resolve(recipe);
    this.#previews.add(work);
    return unlessAborted(
      work.finally(() => this.#previews.delete(work)),
      signal,
    );
  }

  onChange(listener: (identity: Identity) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  forget(identity: Identity): void {
    const dropped = this.#drop(identity);
    const retire = async () => {
      await dropped;
      await this.#tools.cache.retire(identity);
    };
    // What cannot be marked now only takes room; cleanUp says what is wrong with the folder.
    void this.#chore(identity, retire).catch(() => 'kept');
  }

  async cleanUp(identity: Identity): Promise<boolean> {
    this.#closing.signal.throwIfAborted();
    const dropped = this.#drop(identity);
    return this.#chore(identity, async () => {
      await dropped;
      return removeService(this.#tools.cache, identity);
    });
  }

  async close(): Promise<void> {
    this.#closing.abort(new ClarityError('NotReady', 'the daemon is stopping'));
    this.#cancelPrune?.();
    this.#tools.watch.close();
    this.#listeners.clear();
    await this.#thread.close();
    await Promise.all([...this.#services.values()].map((service) => service.settled()));
    await Promise.allSettled([...this.#previews, ...this.#chores.values()]);
  }

  async #resolve(recipe: Recipe): Promise<ArtifactState> {
    const { identity } = recipe;
    await this.#chores.get(identity)?.catch(() => 'its caller was told');
    let service = this.#services.get(identity);
    if (service === undefined) {
      service = new ServiceArtifact(identity, this.#tools, 'all');
      this.#services.set(identity, service);
    }
    return service.resolve(recipe);
  }

  #recipe(manifest: ServiceManifest, { source }: DocumentOrigin): Recipe | undefined {
    const { origin } = manifest.spec;
    if (origin.type !== 'local_wasm') return undefined;
    const { workspaceOf, compilerBin } = this.#deps;
    const home = workspaceOf(source);
    return recipeOf(manifest, origin, { home, workspace: realPlace(home), compilerBin });
  }

  #assertOpen(signal: AbortSignal): void {
    this.#closing.signal.throwIfAborted();
    signal.throwIfAborted();
  }

  async #drop(identity: Identity): Promise<void> {
    const service = this.#services.get(identity);
    this.#services.delete(identity);
    await service?.drop();
  }

  /** Runs `work` when the earlier work under the same key is done. */
  async #chore<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#chores.get(key) ?? Promise.resolve()).then(work, work);
    this.#chores.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#chores.get(key) === turn) this.#chores.delete(key);
    }
  }

  #pruneSoon(ms: number): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelPrune ??= this.#deps.clock.after(ms, () => {
      this.#cancelPrune = undefined;
      const work = () => prune(this.#tools.cache, this.#deps.clock.now());
      // What cannot be removed now is tried again after the next change.
      void this.#chore(PRUNING, work).catch(() => 'kept');
    });
  }

  #tell(identity: Identity): void {
    for (const listener of this.#listeners) listener(identity);
  }
}

/** Where a folder is now; one that is missing is said to be so by whoever reads it. */
function realPlace(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}
