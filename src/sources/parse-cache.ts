import { parseManifests, type ManifestFile } from '../manifest/index.ts';
import type { ParsedStore } from '../reconcile/ports.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { DefaultLimits } from '../shared/limits.ts';

export type Parse = typeof parseManifests;

/** What outlives the process: one source's part of the store. */
export interface KeptParses {
  readonly store: ParsedStore;
  readonly source: string;
  /** Changes with every build that may parse differently. */
  readonly stamp: string;
}

interface ParseCacheParts {
  readonly parse?: Parse | undefined;
  readonly limits?: DefaultLimits | undefined;
  readonly kept?: KeptParses | undefined;
}

/**
 * The newest parse of each file, in memory and in the store, so that content is parsed once however often it is looked at and however
 * often the daemon starts (5,000 parses take seconds).
 */
export class ParseCache {
  readonly #parse: Parse;
  readonly #limits: DefaultLimits | undefined;
  readonly #kept: KeptParses | undefined;
  readonly #files = new Map<string, { readonly hash: string; readonly manifest: ManifestFile }>();
  /** Files that the store holds something of. */
  readonly #stored: Set<string>;
  readonly #keyStem: string;

  constructor({ parse = parseManifests, limits, kept }: ParseCacheParts = {}) {
    this.#parse = parse;
    this.#limits = limits;
    this.#kept = kept;
    this.#stored = new Set(kept?.store.files(kept.source));
    this.#keyStem = `${kept?.stamp ?? ''} ${canonicalJson(limits ?? {})}`;
  }

  /** `file` as shown to people; `hash` of `text`. */
  parse(file: string, text: string, hash: string): ManifestFile {
    const cached = this.#files.get(file);
    if (cached?.hash === hash) return cached.manifest;
    const manifest = this.#restore(file, hash) ?? this.#parseAnew(file, text, hash);
    this.#files.set(file, { hash, manifest });
    return manifest;
  }

  #restore(file: string, hash: string): ManifestFile | undefined {
    if (this.#kept === undefined || !this.#stored.has(file)) return undefined;
    const { store, source } = this.#kept;
    const text = store.load(source, file, this.#key(hash));
    // The key and the digest of the row say that this very build wrote it: a manifest is plain JSON.
    return text === undefined ? undefined : (JSON.parse(text) as ManifestFile);
  }

  #parseAnew(file: string, text: string, hash: string): ManifestFile {
    const manifest = this.#parse(file, text, this.#limits === undefined ? undefined : { limits: this.#limits });
    this.#kept?.store.save(this.#kept.source, file, this.#key(hash), JSON.stringify(manifest));
    this.#stored.add(file);
    return manifest;
  }

  #key(hash: string): string {
    return `${this.#keyStem} ${hash}`;
  }

  /** Of how many files it keeps something. */
  get size(): number {
    return Math.max(this.#files.size, this.#stored.size);
  }

  /** Forgets every other file: the cache is never larger than the folder. */
  retain(files: ReadonlySet<string>): void {
    for (const file of this.#files.keys()) if (!files.has(file)) this.#files.delete(file);
    for (const file of this.#stored) {
      if (files.has(file)) continue;
      this.#stored.delete(file);
      this.#kept?.store.forget(this.#kept.source, file);
    }
  }
}
