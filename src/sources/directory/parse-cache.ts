import { parseManifests, type ManifestFile } from '../../manifest/index.ts';
import type { DefaultLimits } from '../../shared/limits.ts';

export type Parse = typeof parseManifests;

/** The newest parse of each file, so that content is parsed once however often it is looked at (5,000 parses take seconds). */
export class ParseCache {
  readonly #parse: Parse;
  readonly #limits: DefaultLimits | undefined;
  readonly #files = new Map<string, { readonly hash: string; readonly manifest: ManifestFile }>();

  constructor(parse: Parse = parseManifests, limits?: DefaultLimits) {
    this.#parse = parse;
    this.#limits = limits;
  }

  /** `file` as shown to people; `hash` of `text`. */
  parse(file: string, text: string, hash: string): ManifestFile {
    const cached = this.#files.get(file);
    if (cached?.hash === hash) return cached.manifest;
    const manifest = this.#parse(file, text, this.#limits === undefined ? undefined : { limits: this.#limits });
    this.#files.set(file, { hash, manifest });
    return manifest;
  }

  /** Forgets every other file: the cache is never larger than the folder. */
  retain(files: ReadonlySet<string>): void {
    for (const file of this.#files.keys()) if (!files.has(file)) this.#files.delete(file);
  }
}
