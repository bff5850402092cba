import { createHash } from 'node:crypto';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { asksOf } from '../manifest/index.ts';
import type { Artifact, ArtifactState, Identity } from '../reconcile/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { fileStamp } from '../toolchain/source-reader.ts';
import type { BuildRecord } from './build-record.ts';
import type { Cache } from './cache.ts';
import { contentMark } from './content-mark.ts';
import type { InputWatch } from './input-watch.ts';
import type { Made, MadeModule, ModuleMaker } from './module-maker.ts';
import type { Recipe } from './recipe.ts';
import type { Turns } from './turns.ts';

/** Files that change while they are compiled are compiled anew, so many times for one caller. */
const MAX_ROUNDS = 3;
/** A mark that no content has. */
const CHANGED = 'changed while it was used';

/** What all services share. */
export interface ArtifactTools {
  readonly clock: Clock;
  readonly cache: Cache;
  readonly maker: ModuleMaker;
  readonly watch: InputWatch;
  /** Who makes a module, which may hold 64 MiB. */
  readonly making: Turns;
  /** Who compares files with the record, each with a file open. */
  readonly looking: Turns;
  /** The embedded compiler. */
  readonly compilerStamp: () => Promise<string>;
  readonly retryMs: number;
  /** Ends what runs. */
  readonly signal: AbortSignal;
  /** A service has another artifact than before. */
  readonly onReplaced: () => void;
}

/** What is known of one service between two looks. */
interface Current {
  readonly key: string;
  /** Where the inputs were read: of git, another folder with each revision. */
  readonly workspace: string;
  readonly state: ArtifactState;
  readonly inputs: ReadonlyMap<string, string>;
  /** When to try again although nothing has changed. */
  readonly retryAt?: number;
}

/** The artifact of one service: what it is made of, its state, its last good record. */
export class ServiceArtifact {
  readonly #identity: Identity;
  readonly #tools: ArtifactTools;
  readonly #keeps: boolean;
  readonly #stores: boolean;
  #current: Current | undefined;
  #running: Promise<void> | undefined;
  /** Of the index file: read once. */
  #record: BuildRecord | undefined;
  #isRead = false;
  #dropped = false;

  /** `all`: of a service; else a preview, which watches and records nothing: with `module` what it makes can be run all the same. */
  constructor(identity: Identity, tools: ArtifactTools, keeps: 'all' | 'module' | 'nothing') {
    this.#identity = identity;
    this.#tools = tools;
    this.#keeps = keeps === 'all';
    this.#stores = keeps !== 'nothing';
  }

  /** The state of the files as they are; makes it where they have changed. One at a time: who comes meanwhile joins. */
  async resolve(recipe: Recipe): Promise<ArtifactState> {
    for (let round = 1; ; round++) {
      if (this.#running === undefined) {
        const known = this.#known(recipe, round > MAX_ROUNDS);
        if (known !== undefined) return known;
        this.#running = this.#renew(recipe).finally(() => {
          this.#running = undefined;
        });
      }
      await this.#running;
    }
  }

  /** The state, where nothing has changed since it was made: some looks at the disk.. */
  peek(recipe: Recipe): ArtifactState | undefined {
    return this.#known(recipe, false);
  }

  /** Nothing is stored or watched for it from now on; resolves when nothing runs any more. */
  async drop(): Promise<void> {
    this.#dropped = true;
    this.#tools.watch.delete(this.#identity);
    await this.settled();
  }

  /** Resolves when nothing runs. */
  async settled(): Promise<void> {
    await this.#running?.catch(() => 'its caller was told');
  }

  #known(recipe: Recipe, anyway: boolean): ArtifactState | undefined {
    const { clock, cache } = this.#tools;
    const current = this.#current;
    if (current?.key !== recipe.key) return undefined;
    if (anyway) return current.state;
    if (current.workspace !== recipe.workspace) return undefined;
    if (current.retryAt !== undefined && clock.now() >= current.retryAt) return undefined;
    for (const [path, stamp] of current.inputs) if (fileStamp(path) !== stamp) return undefined;
    const { artifact } = current.state;
    if (this.#keeps && artifact !== undefined && !cache.isIntact(hexOf(artifact))) return undefined;
    return current.state;
  }

  async #renew(recipe: Recipe): Promise<void> {
    const { looking, making, watch, signal } = this.#tools;
    signal.throwIfAborted();
    const key = await this.#recordKey(recipe);
    const recorded = await looking.run(() => this.#fromRecord(recipe, key));
    this.#current = recorded ?? (await making.run(() => this.#make(recipe, key)));
    if (this.#keeps && !this.#dropped) watch.set(this.#identity, this.#current.inputs);
  }

  async #recordKey(recipe: Recipe): Promise<string> {
    const stamp = await this.#tools.compilerStamp();
    return createHash('sha256').update(`${stamp} ${recipe.key}`).digest('hex');
  }

  /** What was made before, by an earlier daemon too, where recipe, compiler and the content of every input are the same. */
  async #fromRecord(recipe: Recipe, key: string): Promise<Current | undefined> {
    if (!this.#isRead) this.#record = await this.#tools.cache.readRecord(this.#identity);
    this.#isRead = true;
    const record = this.#record;
    if (record?.key !== key) return undefined;
    const inputs = new Map<string, string>();
    const { workspace } = recipe;
    for (const [name, mark] of record.inputs) {
      const path = resolve(workspace, name);
      const stamp = fileStamp(path);
      if ((await contentMark(path)) !== mark) return undefined;
      inputs.set(path, stamp);
    }
    const artifact = await this.#lastGood();
    if (artifact === undefined) return undefined;
    // A file that was saved without a change is no change of the state.
    const last = this.#current?.state;
    const isSame = last !== undefined && last.failure === undefined && last.artifact === artifact;
    return { key: recipe.key, workspace, inputs, state: isSame ? last : { artifact, diagnostics: record.diagnostics } };
  }

  async #make(recipe: Recipe, key: string): Promise<Current> {
    const { clock, maker, signal, retryMs } = this.#tools;
    signal.throwIfAborted();
    const made = await maker.make(recipe, signal);
    const { inputs, diagnostics, failure, module, mayPass } = made;
    if (module !== undefined) {
      const artifact = await this.#keep(module, key, made, recipe.workspace);
      return { key: recipe.key, workspace: recipe.workspace, inputs, state: { artifact, diagnostics } };
    }
    const artifact = await this.#lastGood();
    const state: ArtifactState = {
      diagnostics,
      ...(artifact === undefined ? {} : { artifact }),
      ...(failure === undefined ? {} : { failure }),
    };
    const place = { key: recipe.key, workspace: recipe.workspace };
    return { ...place, inputs, state, ...(mayPass === true ? { retryAt: clock.now() + retryMs } : {}) };
  }

  async #keep(
    { bytes, hash, imports }: MadeModule,
    key: string,
    { inputs, diagnostics }: Made,
    workspace: string,
  ): Promise<Artifact> {
    const { cache, onReplaced } = this.#tools;
    const asking = asksOf(imports).flatMap((ask) => ask.imports);
    if (!this.#keeps || this.#dropped) {
      const path = this.#stores && !this.#dropped ? await cache.store(hash, bytes) : cache.pathOf(hash);
      return this.#artifact(hash, path, asking);
    }
    const path = await cache.put(this.#identity, hash, bytes);
    const marks = await Promise.all(
      [...inputs].map(async ([file, stamp]) => [nameIn(workspace, file), await markOf(file, stamp)] as const),
    );
    const replaced = this.#record !== undefined && this.#record.hash !== hash;
    const record = { key, hash, imports: asking, diagnostics, inputs: marks };
    await cache.writeRecord(this.#identity, record);
    this.#record = record;
    if (replaced) onReplaced();
    return this.#artifact(hash, path, asking);
  }

  async #lastGood(): Promise<Artifact | undefined> {
    const record = this.#record;
    if (record === undefined) return undefined;
    const path = await this.#tools.cache.find(record.hash);
    if (path === undefined) return undefined;
    if (this.#keeps && !this.#dropped) this.#tools.cache.pin(this.#identity, record.hash);
    return this.#artifact(record.hash, path, record.imports);
  }

  /** The same object while it is the same artifact. */
  #artifact(hash: string, path: string, imports: readonly string[]): Artifact {
    const last = this.#current?.state.artifact;
    return last?.hash === `sha256:${hash}` ? last : { hash: `sha256:${hash}`, path, asks: asksOf(imports) };
  }
}

function hexOf({ hash }: Artifact): string {
  return hash.slice('sha256:'.length);
}

/** Relative where it lies inside, so that it is found again in the workspace of another revision. */
function nameIn(workspace: string, path: string): string {
  const way = relative(workspace, path);
  return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
}

/** The mark of the content that was used: of a file that has changed since it was read nobody knows it any more. */
async function markOf(path: string, stamp: string): Promise<string> {
  const mark = await contentMark(path);
  return fileStamp(path) === stamp ? mark : CHANGED;
}
