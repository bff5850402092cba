import { resolve } from 'node:path';
import type { LastGoodStore, Snapshot, SnapshotDocument, SnapshotFile } from '../../reconcile/ports.ts';
import { contentHash } from '../../manifest/index.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import { trackAbsence, type Absent } from './absence.ts';
import type { Content, Known, SettledLook } from './look.ts';
import type { ParseCache } from '../parse-cache.ts';
import { problemDiagnostic } from '../problem.ts';
import { directoryRevision } from './revision.ts';
import { shapeOf } from './stable-read.ts';

interface HeldFile extends Known {
  readonly shown: SnapshotFile;
}

/** A document and the file that supplied it last. */
interface Placed {
  readonly path: string;
  readonly hash: string;
  readonly document: SnapshotDocument;
}

interface HoldingsParts {
  readonly source: string;
  readonly workspace: string;
  readonly store: LastGoodStore;
  readonly confirmMs: number;
  readonly cache: ParseCache;
  readonly display: (path: string) => string;
}

/** Identity over kinds: what absence goes by. */
export function documentKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${name}`;
}

/**
 * What the folder supplies: the last good form of each file, and the documents that are missing but not yet given up
 * (reconcile-behaviour §6.3.4-6, 10).
 */
export class Holdings {
  readonly #parts: HoldingsParts;
  readonly #held = new Map<string, HeldFile>();
  /** Document -> how many of the held files supply it. */
  readonly #suppliers = new Map<string, number>();
  #absent: ReadonlyMap<string, Absent<Placed>> = new Map();
  /** Absolute path -> last good text of the process before; empty after the first look. */
  #restored: ReadonlyMap<string, string>;
  /** What `shown` answers until something changes. */
  #shown: Pick<Snapshot, 'files' | 'revision'> | undefined;

  constructor(parts: HoldingsParts) {
    this.#parts = parts;
    const { store, source, workspace } = parts;
    this.#restored = new Map(store.load(source).map(({ file, text }) => [resolve(workspace, file), text]));
  }

  known(path: string): Known | undefined {
    return this.#held.get(path);
  }

  get empty(): boolean {
    return this.#held.size === 0;
  }

  /** True while documents are missing and wait for a second look. */
  get waiting(): boolean {
    return this.#absent.size > 0;
  }

  /** Where the folder cannot be read at start: what the process before knew stands in for it. */
  restore(): void {
    if (this.#restored.size === 0) return;
    for (const [path, text] of this.#restored) {
      if (this.#held.has(path)) continue;
      const file = this.#parts.display(path);
      const hash = contentHash(text);
      const { documents, diagnostics } = this.#parts.cache.parse(file, text, hash);
      const shown = { file, documents, diagnostics, stale: diagnostics.some(isError) };
      this.#replace(path, { signature: undefined, hash, shape: shapeOf(text), shown });
    }
    this.#restored = new Map();
    this.#shown = undefined;
  }

  /**
   * Takes in a look; `announced`: keys that a writer of ours took away. A look at a folder that rests costs a comparison of names,
   * any other what its changed files cost.
   */
  accept(look: SettledLook, announced: ReadonlySet<string>, conclusive: boolean, nowMs: number): void {
    const { contents, paths } = look;
    const left = this.#left(paths);
    if (contents.size === 0 && left.size === 0 && this.#absent.size === 0 && this.#restored.size === 0) return;
    this.#shown = undefined;
    const isFirst = this.empty;
    const held = [...contents].map(([path, content]) => [path, this.#hold(path, content, left)] as const);
    const restored = [...this.#restoredPlaces(look)].map((placed) => [documentKey(placed.document), placed] as const);
    const before = new Map([...restored, ...this.#mayBeMissing([...left, ...contents.keys()])]);
    const awaited = [...this.#restored.keys(), ...[...this.#absent.values()].map(({ value }) => value.path)];
    for (const path of left) this.#replace(path, undefined);
    for (const [path, file] of held) if (file !== undefined) this.#replace(path, file);
    const { confirmMs, cache } = this.#parts;
    const present = this.#suppliers;
    this.#absent = trackAbsence({
      before,
      present,
      absent: this.#absent,
      announced,
      conclusive,
      nowMs,
      confirmMs,
    });
    this.#restored = new Map();
    this.#forget([...left, ...awaited]);
    if (isFirst || left.size > 0 || cache.size > this.#held.size)
      cache.retain(new Set([...this.#held.values()].map(({ shown }) => shown.file)));
  }

  /** At the first look: what the process before knew of files that are gone or say something else now. Nobody has missed it yet. */
  *#restoredPlaces({ contents }: SettledLook): Generator<Placed> {
    for (const [path, text] of this.#restored) {
      const content = contents.get(path);
      if (content?.kind === 'text' && content.text === text) continue;
      const hash = contentHash(text);
      const { documents } = this.#parts.cache.parse(this.#parts.display(path), text, hash);
      for (const document of documents) yield { path, hash, document };
    }
  }

  /** Files that are held and not there any more. */
  #left(paths: readonly string[]): ReadonlySet<string> {
    const there = paths.reduce((count, path) => count + Number(this.#held.has(path)), 0);
    if (there === this.#held.size) return new Set();
    const left = new Set(this.#held.keys());
    for (const path of paths) left.delete(path);
    return left;
  }

  /** Documents that were missing already, and those of files that hold something else now or are gone. */
  #mayBeMissing(paths: readonly string[]): ReadonlyMap<string, Placed> {
    const before = new Map<string, Placed>();
    for (const { value } of this.#absent.values()) before.set(documentKey(value.document), value);
    for (const path of paths) {
      const { hash = '', shown } = this.#held.get(path) ?? {};
      for (const document of shown?.documents ?? []) before.set(documentKey(document), { path, hash, document });
    }
    return before;
  }

  /** The one place where the held files change. */
  #replace(path: string, file: HeldFile | undefined): void {
    for (const document of this.#held.get(path)?.shown.documents ?? []) {
      const key = documentKey(document);
      const others = (this.#suppliers.get(key) ?? 1) - 1;
      if (others === 0) this.#suppliers.delete(key);
      else this.#suppliers.set(key, others);
    }
    if (file === undefined) this.#held.delete(path);
    else this.#held.set(path, file);
    for (const document of file?.shown.documents ?? []) {
      const key = documentKey(document);
      this.#suppliers.set(key, (this.#suppliers.get(key) ?? 0) + 1);
    }
  }

  /** A file as it will be held; undefined leaves it as it is. `left`: files that are not there any more. */
  #hold(path: string, content: Content, left: ReadonlySet<string>): HeldFile | undefined {
    const held = this.#held.get(path);
    const file = this.#parts.display(path);
    if (content.kind === 'same') return held && { ...held, signature: content.signature };
    if (content.kind === 'problem') {
      const diagnostics = [problemDiagnostic(content.problem, file)];
      const shown = { file, documents: this.#lastGood(path, '', left), diagnostics, stale: true };
      // Not the hash of before: content that comes back unchanged is news.
      return { signature: undefined, hash: content.problem.code, shape: held?.shape, shown };
    }
    const { signature, hash, text, manifest } = content;
    const { diagnostics } = manifest;
    const stale = diagnostics.some(isError);
    const documents = stale ? this.#lastGood(path, hash, left) : manifest.documents;
    if (!stale && this.#restored.get(path) !== text) this.#parts.store.save(this.#parts.source, file, text);
    return { signature, hash, shape: shapeOf(text), shown: { file, documents, diagnostics, stale } };
  }

  /** What the file supplied last; for a broken file that was renamed, what it supplied under its old name. */
  #lastGood(path: string, hash: string, left: ReadonlySet<string>): readonly SnapshotDocument[] {
    const held = this.#held.get(path);
    if (held !== undefined) return held.shown.documents;
    const text = this.#restored.get(path);
    if (text !== undefined)
      return this.#parts.cache.parse(this.#parts.display(path), text, contentHash(text)).documents;
    const waiting = [...this.#absent.values()].filter(({ value }) => value.path === path);
    if (waiting.length > 0) return waiting.map(({ value }) => value.document);
    const renamed = [...this.#held].find(([other, file]) => hash !== '' && file.hash === hash && left.has(other));
    return renamed?.[1].shown.documents ?? [];
  }

  /** Of these files, drops the last good text of those that supply nothing any more. */
  #forget(paths: readonly string[]): void {
    const awaited = new Set([...this.#absent.values()].map(({ value }) => value.path));
    for (const path of new Set(paths))
      if (!this.#held.has(path) && !awaited.has(path))
        this.#parts.store.forget(this.#parts.source, this.#parts.display(path));
  }

  /** What the snapshot says: the same objects as before where nothing has changed. */
  get shown(): Pick<Snapshot, 'files' | 'revision'> {
    this.#shown ??= { files: this.#files(), revision: this.#revision() };
    return this.#shown;
  }

  /** Sorted, with the documents that are missing but not given up in the place where they stood. */
  #files(): readonly SnapshotFile[] {
    const extra = new Map<string, SnapshotDocument[]>();
    for (const { value } of this.#absent.values())
      extra.set(value.path, [...(extra.get(value.path) ?? []), value.document]);
    const paths = [...new Set([...this.#held.keys(), ...extra.keys()])].sort();
    return paths.map((path) => {
      const shown = this.#held.get(path)?.shown;
      const missing = extra.get(path);
      if (shown !== undefined && missing === undefined) return shown;
      const base = shown ?? { file: this.#parts.display(path), documents: [], diagnostics: [], stale: false };
      return { ...base, documents: [...base.documents, ...(missing ?? [])] };
    });
  }

  #revision(): string {
    const hashes = new Map<string, string>();
    for (const { value } of this.#absent.values()) hashes.set(this.#parts.display(value.path), value.hash);
    for (const { hash, shown } of this.#held.values()) hashes.set(shown.file, hash);
    return directoryRevision(hashes);
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
