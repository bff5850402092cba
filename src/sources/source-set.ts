import type { SourceManifest, SourceSpec } from '../manifest/index.ts';
import type { Source, SourceChange, SourceSet, Unsubscribe } from '../reconcile/ports.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import { UnusableSource } from './unusable-source.ts';

export interface SourceSetOptions {
  /** Those of flags: they stay. */
  readonly fixed: readonly Source[];
  /** Makes, without starting it, the source of a Source document. Throws where it cannot be. */
  readonly make: (name: string, spec: SourceSpec) => Source;
  /** Relative paths begin here of a source that cannot be made, and of a document that is in no source yet. */
  readonly workspace: string;
  /** What an operator should know. One line. */
  readonly warn: (message: string) => void;
}

/** Sources that documents declare at one time. */
const MAX_DECLARED = 100;
/** Sources that are gone and whose workspace is remembered. */
const MAX_GONE = 100;

interface Held {
  readonly source: Source;
  /** Equal for equal specs. */
  readonly key: string | undefined;
}

/**
 * All sources: those of flags, then those that Source documents declare, by name. One whose document says something else is closed before the
 * new one is made, since both would use the same folder of state.
 */
export class LiveSources implements SourceSet {
  readonly #options: SourceSetOptions;
  readonly #fixed: ReadonlyMap<string, Source>;
  readonly #held = new Map<string, Held>();
  readonly #gone = new Map<string, string>();
  readonly #listeners = new Set<(change: SourceChange) => void>();
  /** Names that are being followed, and the work on each. */
  readonly #turning = new Map<string, Promise<void>>();
  #wanted: ReadonlyMap<string, SourceSpec> = new Map();
  #closed = false;

  constructor(options: SourceSetOptions) {
    this.#options = options;
    this.#fixed = new Map(options.fixed.map((source) => [source.name, source]));
  }

  all(): readonly Source[] {
    const names = [...this.#held.keys()].sort();
    return [...this.#fixed.values(), ...names.flatMap((name) => this.#held.get(name)?.source ?? [])];
  }

  get(name: string): Source | undefined {
    return this.#fixed.get(name) ?? this.#held.get(name)?.source;
  }

  workspaceOf(name: string): string {
    if (name === '') return this.#options.workspace;
    const workspace = this.get(name)?.workspace ?? this.#gone.get(name);
    if (workspace !== undefined) return workspace;
    throw new ClarityError('NotReady', `there is no source ${name}: nobody knows where its files are`);
  }

  declare(documents: ReadonlyMap<string, SourceManifest>): void {
    if (this.#closed) return;
    const named = [...documents].filter(([name]) => !this.#fixed.has(name));
    this.#wanted = new Map(named.map(([name, { spec }]) => [name, spec]));
    for (const name of new Set([...this.#wanted.keys(), ...this.#held.keys()])) this.#follow(name);
  }

  onChange(listener: (change: SourceChange) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Closes every source; nothing comes any more. Rejects with what the first one that does not close says, when all have been asked. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    await Promise.all(this.#turning.values());
    const ends = await Promise.allSettled(this.all().map((source) => source.close()));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  #follow(name: string): void {
    if (this.#turning.has(name) || this.#held.get(name)?.key === keyOf(this.#wanted.get(name))) return;
    const work = Promise.resolve()
      .then(() => this.#turn(name))
      .finally(() => this.#turning.delete(name));
    this.#turning.set(name, work);
  }

  /** Until the source is what was asked for last. */
  async #turn(name: string): Promise<void> {
    while (!this.#closed) {
      const held = this.#held.get(name);
      if (held?.key === keyOf(this.#wanted.get(name))) return;
      if (held !== undefined) await this.#close(held.source);
      const spec = this.#wanted.get(name);
      if (spec !== undefined) this.#put({ source: this.#make(name, spec), key: keyOf(spec) }, held?.source);
      else if (held !== undefined) this.#remove(held.source);
    }
  }

  async #close(source: Source): Promise<void> {
    try {
      await source.close();
    } catch (error) {
      this.#options.warn(`source ${source.name} did not close in good order: ${errorMessage(error)}`);
    }
  }

  #remove(source: Source): void {
    this.#held.delete(source.name);
    this.#gone.set(source.name, source.workspace);
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > MAX_GONE && oldest !== undefined) this.#gone.delete(oldest);
    this.#tell({ removed: source });
  }

  #put(held: Held, replaces: Source | undefined): void {
    this.#held.set(held.source.name, held);
    this.#gone.delete(held.source.name);
    this.#tell({ added: held.source, ...(replaces && { replaces }) });
  }

  #make(name: string, spec: SourceSpec): Source {
    try {
      if (!this.#held.has(name) && this.#held.size >= MAX_DECLARED)
        throw new ClarityError('BadRequest', `there are more than ${String(MAX_DECLARED)} documents of kind Source`);
      const source = this.#options.make(name, spec);
      const twin = [...this.#fixed.values()].find(({ location }) => location === source.location);
      if (twin === undefined) return source;
      throw new ClarityError('Conflict', `${source.location} is read already, as source ${twin.name}`);
    } catch (error) {
      const { workspace } = this.#options;
      const kind = spec.git === undefined ? 'dir' : 'git';
      const about = { name, kind, location: spec.git ?? spec.dir ?? '', workspace } as const;
      const reason = error instanceof ClarityError ? error.code : 'SourceUnavailable';
      return new UnusableSource(about, { reason, message: errorMessage(error) });
    }
  }

  #tell(change: SourceChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

function keyOf(spec: SourceSpec | undefined): string | undefined {
  return spec && canonicalJson(spec);
}
