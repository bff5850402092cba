import { resolve } from 'node:path';
import type { LastGoodStore, Snapshot, SnapshotDocument, SnapshotFile } from '../../reconcile/ports.ts';
import { contentHash } from '../../manifest/index.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import { trackAbsence, type Absent } from './absence.ts';
import type { Content, Known, SettledLook } from './look.ts';
import type { ParseCache } from './parse-cache.ts';
import { problemDiagnostic } from './problem.ts';
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
  #held: ReadonlyMap<string, HeldFile> = new Map();
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
    const restored = [...this.#restored].map(([path, text]): [string, HeldFile] => {
      const file = this.#parts.display(path);
      const hash = contentHash(text);
      const { documents, diagnostics } = this.#parts.cache.parse(file, text, hash);
      const shown = { file, documents, diagnostics, stale: diagnostics.some(isError) };
      return [path, { signature: undefined, hash, shape: shapeOf(text), shown }];
    });
    this.#held = new Map([...restored, ...this.#held]);
    this.#restored = new Map();
    this.#shown = undefined;
  }

  /** A look at a folder that rests, as nearly all are: the same files, none of them read, nothing awaited. */
  #isNoNews({ paths, contents }: SettledLook): boolean {
    return (
      contents.size === 0 &&
      this.#absent.size === 0 &&
      this.#restored.size === 0 &&
      paths.length === this.#held.size &&
      paths.every((path) => this.#held.has(path))
    );
  }

  /** Takes in a look; `announced`: keys that a writer of ours took away. */
  accept(look: SettledLook, announced: ReadonlySet<string>, conclusive: boolean, nowMs: number): void {
    if (this.#isNoNews(look)) return;
    this.#shown = undefined;
    const next = new Map<string, HeldFile>();
    const present = new Set(look.paths);
    for (const path of look.paths) {
      const held = this.#hold(path, look.contents.get(path), present);
      if (held !== undefined) next.set(path, held);
    }
    const before = new Map([...this.#restoredPlaces(look)].map((placed) => [documentKey(placed.document), placed]));
    for (const { value } of this.#absent.values()) before.set(documentKey(value.document), value);
    for (const placed of placedIn(this.#held)) before.set(documentKey(placed.document), placed);
    const keys = new Set([...placedIn(next)].map(({ document }) => documentKey(document)));
    const { confirmMs } = this.#parts;
    const absent = trackAbsence({
      before,
      present: keys,
      absent: this.#absent,
      announced,
      conclusive,
      nowMs,
      confirmMs,
    });
    this.#forget(next, absent);
    this.#held = next;
    this.#absent = absent;
    this.#restored = new Map();
    this.#parts.cache.retain(new Set([...next.values()].map(({ shown }) => shown.file)));
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

  #hold(path: string, content: Content | undefined, present: ReadonlySet<string>): HeldFile | undefined {
    const held = this.#held.get(path);
    if (content === undefined) return held;
    const file = this.#parts.display(path);
    if (content.kind === 'same') return held && { ...held, signature: content.signature };
    if (content.kind === 'problem') {
      const diagnostics = [problemDiagnostic(content.problem, file)];
      const shown = { file, documents: this.#lastGood(path, '', present), diagnostics, stale: true };
      // Not the hash of before: content that comes back unchanged is news.
      return { signature: undefined, hash: content.problem.code, shape: held?.shape, shown };
    }
    const { signature, hash, text, manifest } = content;
    const { diagnostics } = manifest;
    const stale = diagnostics.some(isError);
    const documents = stale ? this.#lastGood(path, hash, present) : manifest.documents;
    if (!stale && this.#restored.get(path) !== text) this.#parts.store.save(this.#parts.source, file, text);
    return { signature, hash, shape: shapeOf(text), shown: { file, documents, diagnostics, stale } };
  }

  /** What the file supplied last; for a broken file that was renamed, what it supplied under its old name. */
  #lastGood(path: string, hash: string, present: ReadonlySet<string>): readonly SnapshotDocument[] {
    const held = this.#held.get(path);
    if (held !== undefined) return held.shown.documents;
    const text = this.#restored.get(path);
    if (text !== undefined)
      return this.#parts.cache.parse(this.#parts.display(path), text, contentHash(text)).documents;
    const waiting = [...this.#absent.values()].filter(({ value }) => value.path === path);
    if (waiting.length > 0) return waiting.map(({ value }) => value.document);
    const renamed = [...this.#held].find(([other, file]) => hash !== '' && file.hash === hash && !present.has(other));
    return renamed?.[1].shown.documents ?? [];
  }

  #forget(next: ReadonlyMap<string, HeldFile>, absent: ReadonlyMap<string, Absent<Placed>>): void {
    const awaited = new Set([...absent.values()].map(({ value }) => value.path));
    const before = [
      ...this.#held.keys(),
      ...this.#restored.keys(),
      ...[...this.#absent.values()].map((a) => a.value.path),
    ];
    for (const path of new Set(before))
      if (!next.has(path) && !awaited.has(path))
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

function* placedIn(files: ReadonlyMap<string, HeldFile>): Generator<Placed> {
  for (const [path, { hash, shown }] of files) for (const document of shown.documents) yield { path, hash, document };
}
