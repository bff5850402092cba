import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { LastGoodStore, SnapshotDocument, SnapshotFile } from '../../reconcile/ports.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import { decodeUtf8, NOT_UTF8 } from '../decode.ts';
import type { ParseCache } from '../parse-cache.ts';
import { problemDiagnostic, type Problem } from '../problem.ts';
import type { Discovered, ManifestBlob } from './discovery.ts';

/** How long others wait while thousands of files are parsed. */
const SLICE_MS = 10;

interface HoldingsParts {
  readonly source: string;
  readonly store: LastGoodStore;
  readonly cache: ParseCache;
}

interface HeldFile {
  /** Of the blob; of a file that cannot be read the code of its problem. */
  readonly id: string;
  /** Without what the commit says of named files. */
  readonly base: SnapshotFile;
  readonly shown: SnapshotFile;
}

interface LastGood {
  readonly text: string;
  /** Of the blob that the text would be. */
  readonly id: string;
}

/** Gives the contents of blobs, in their order. */
type ReadBlobs = (blobs: readonly ManifestBlob[]) => AsyncIterable<[blob: ManifestBlob, content: Buffer]>;

/** What a commit would make of the files; nothing of it counts before `accept`. */
export type Staged = ReadonlyMap<string, HeldFile>;

/**
 * The last good form of each file of the commit in force. A commit is whole, so that nothing here is looked at twice: what it has not is gone, and a
 * file that it breaks keeps the documents of before (reconcile-behaviour §6.3.6).
 */
export class GitHoldings {
  readonly #parts: HoldingsParts;
  /** Sorted by path. */
  #held: Staged = new Map();
  /** Path -> last good text of the process before; empty once a commit is in force. */
  #restored: ReadonlyMap<string, LastGood>;
  #files: readonly SnapshotFile[] = [];

  constructor(parts: HoldingsParts) {
    this.#parts = parts;
    const kept = parts.store.load(parts.source);
    this.#restored = new Map(kept.map(({ file, text }) => [file, { text, id: blobId(text) }]));
  }

  get files(): readonly SnapshotFile[] {
    return this.#files;
  }

  get documents(): readonly SnapshotDocument[] {
    return this.#files.flatMap(({ documents }) => documents);
  }

  /** Where no commit can be read at start: what the process before knew stands in for it. */
  restore(): void {
    if (this.#held.size > 0) return;
    const held = [...this.#restored].map(([path, last]): [string, HeldFile] => [path, this.#parse(path, last)]);
    this.#show(new Map(held.sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  /** Reads and parses what a commit changed. The rest, and what the process before had parsed, costs a comparison. */
  async stage({ files, problems }: Discovered, read: ReadBlobs, signal: AbortSignal): Promise<Staged> {
    const staged = new Map<string, HeldFile>();
    const unknown = files.filter((blob) => {
      const known = this.#known(blob);
      if (known !== undefined) staged.set(blob.path, known);
      return known === undefined;
    });
    const paths = new Set([...files, ...problems].map(({ path }) => path));
    let sliceEnd = performance.now() + SLICE_MS;
    for await (const [blob, content] of read(unknown)) {
      const text = decodeUtf8(content);
      const held =
        text === undefined
          ? this.#unreadable({ path: blob.path, code: 'NotUtf8', message: NOT_UTF8 }, blob.id)
          : this.#judge(blob, text, paths);
      staged.set(blob.path, held);
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      signal.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
    for (const problem of problems) staged.set(problem.path, this.#unreadable(problem, problem.code));
    return new Map([...staged].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The documents as they would be shown; for what has to be ready before they are. */
  documentsOf(staged: Staged): readonly SnapshotDocument[] {
    return [...staged.values()].flatMap(({ base }) => base.documents);
  }

  /** The commit counts from now on. `namedFiles` as SnapshotDocument has it. */
  accept(staged: Staged, namedFiles: (document: SnapshotDocument) => string | undefined): void {
    const { store, source, cache } = this.#parts;
    for (const path of new Set([...this.#held.keys(), ...this.#restored.keys()]))
      if (!staged.has(path)) store.forget(source, path);
    this.#restored = new Map();
    this.#show(new Map([...staged].map(([path, file]) => [path, withNames(file, namedFiles)])));
    cache.retain(new Set(staged.keys()));
  }

  #show(held: Staged): void {
    this.#held = held;
    this.#files = [...held.values()].map(({ shown }) => shown);
  }

  #known({ path, id }: ManifestBlob): HeldFile | undefined {
    const held = this.#held.get(path);
    if (held?.id === id) return held;
    const last = this.#restored.get(path);
    return last?.id === id ? this.#parse(path, last) : undefined;
  }

  /** A text that was good once; with other limits it may be so no more. */
  #parse(file: string, { text, id }: LastGood): HeldFile {
    const { documents, diagnostics } = this.#parts.cache.parse(file, text, id);
    return heldFile(id, { file, documents, diagnostics, stale: diagnostics.some(isError) });
  }

  #judge({ path, id }: ManifestBlob, text: string, paths: ReadonlySet<string>): HeldFile {
    const { cache, store, source } = this.#parts;
    // Taken before the parse: the cache keeps one parse a file.
    const before = this.#lastGood(path, id, paths);
    const { documents, diagnostics } = cache.parse(path, text, id);
    if (diagnostics.some(isError)) return heldFile(id, { file: path, documents: before, diagnostics, stale: true });
    store.save(source, path, text);
    return heldFile(id, { file: path, documents, diagnostics, stale: false });
  }

  #unreadable(problem: Problem, id: string): HeldFile {
    const { path } = problem;
    const documents = this.#lastGood(path, '', new Set());
    return heldFile(id, { file: path, documents, diagnostics: [problemDiagnostic(problem, path)], stale: true });
  }

  /** What the file supplied last; for a broken file that was renamed, what it supplied under its old name. */
  #lastGood(path: string, id: string, paths: ReadonlySet<string>): readonly SnapshotDocument[] {
    const held = this.#held.get(path);
    if (held !== undefined) return held.base.documents;
    const last = this.#restored.get(path);
    if (last !== undefined) return this.#parts.cache.parse(path, last.text, last.id).documents;
    const renamed = [...this.#held].find(([other, file]) => file.id === id && !paths.has(other));
    return renamed?.[1].base.documents ?? [];
  }
}

function heldFile(id: string, base: SnapshotFile): HeldFile {
  return { id, base, shown: base };
}

/** The same objects as before where nothing is new, so that thousands compare in no time. */
function withNames(file: HeldFile, namedFiles: (document: SnapshotDocument) => string | undefined): HeldFile {
  const { base, shown } = file;
  const names = base.documents.map(namedFiles);
  if (names.every((name, at) => name === shown.documents[at]?.namedFiles)) return file;
  const documents = base.documents.map((document, at) => {
    const name = names[at];
    return name === undefined ? document : { ...document, namedFiles: name };
  });
  return { ...file, shown: { ...base, documents } };
}

/** As git names a blob of that content. */
function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${String(Buffer.byteLength(text))}\0`)
    .update(text)
    .digest('hex');
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
