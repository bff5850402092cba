import type { Document, Kind, SourceManifest } from '../../manifest/index.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Unsubscribe, Why } from './desired.ts';

/** Everything a source says at one moment. Immutable. */
export interface Snapshot {
  readonly source: string;
  /** `dir@sha256:…` or `main@sha1:…`. */
  readonly revision: string;
  /** False where the folder could not be read or was not quiet: nothing may be removed because of it. */
  readonly complete: boolean;
  readonly files: readonly SnapshotFile[];
  /**
   * Set while the source itself is in trouble: SourceMissing, SourceBusy, WatchDegraded, SourceUnreadable; of git FetchFailed, RefNotFound,
   * VerificationFailed too.
   */
  readonly condition?: Why;
  /** Of git: the commit that the files are of. */
  readonly commit?: Commit;
  /** Of git with `verify`: whether the newest commit is signed by somebody who may; where not, `files` are of the last that was. */
  readonly verified?: Why & { readonly status: 'True' | 'False' };
}

/** Texts are printable, and cut. */
export interface Commit {
  readonly sha: string;
  readonly author: string;
  readonly subject: string;
  readonly atMs: number;
}

export interface SnapshotFile {
  /** As shown to people. */
  readonly file: string;
  /** The documents to run: of this content, or of the last good one where `stale`. */
  readonly documents: readonly SnapshotDocument[];
  /** Of the content on disk now. */
  readonly diagnostics: readonly Diagnostic[];
  /** True where the content on disk has errors (or is unreadable) and `documents` are the last good ones. */
  readonly stale: boolean;
}

export interface SnapshotDocument {
  readonly kind: Kind;
  readonly name: string;
  readonly index: number;
  readonly line: number;
  readonly document: Document;
  /** The document as it was written, without defaults. */
  readonly raw: JsonObject;
  readonly specHash: string;
  /**
   * Of git, of a local_stdio service: what the files and folders are now that its command, args and cwd name; joins the runHash, so that another
   * value replaces the instance.
   */
  readonly namedFiles?: string;
}

export interface Source {
  readonly name: string;
  readonly kind: 'dir' | 'git';
  /** The folder, or the URL without a password, `#ref` and `:path`. */
  readonly location: string;
  /**
   * The folder that relative paths of its manifests are relative to. Of git: a link that stands for as long as the source does, to the files of
   * the revision of the newest snapshot, read only.
   */
  readonly workspace: string;
  /** False: what vanishes from it keeps running (manifest.md, Source prune); true where absent. */
  readonly prune?: boolean;
  /** Where tools may write new documents; undefined for a source that is read only. */
  readonly writableRoot?: string;
  /** Begins to watch. Every change of the snapshot is reported, the first one too. */
  start(listener: (snapshot: Snapshot) => void): Promise<void>;
  /**
   * Looks again and resolves with the snapshot of a scan that began after this call; the listener has seen it by then.
   * `written`: files a writer of ours just replaced, with the content hash (they need no quiet time);
   * `removed`: documents a writer of ours took away (they need no second look).
   */
  refresh(hint?: RefreshHint, signal?: AbortSignal): Promise<Snapshot>;
  close(): Promise<void>;
}

export interface RefreshHint {
  readonly written?: readonly { readonly file: string; readonly contentHash: string }[];
  readonly removed?: readonly { readonly kind: Kind; readonly name: string }[];
}

/**
 * Keeps what the newest content of each file was parsed to, so that a restart parses only what changed. A cache: what is lost,
 * damaged or kept under another key is parsed anew.
 */
export interface ParsedStore {
  /** Files that something is kept of. */
  files(source: string): readonly string[];
  /** The text that was saved under the same key, or nothing. */
  load(source: string, file: string, key: string): string | undefined;
  save(source: string, file: string, key: string, text: string): void;
  forget(source: string, file: string): void;
}

/** Keeps the last good text of each file, so that a restart with a broken file still runs the fleet. */
export interface LastGoodStore {
  load(source: string): readonly { readonly file: string; readonly text: string }[];
  save(source: string, file: string, text: string): void;
  forget(source: string, file: string): void;
}

/** All sources: those of flags, and those that Source documents declare, which come and go. */
export interface SourceSet {
  all(): readonly Source[];
  get(name: string): Source | undefined;
  /**
   * The folder that relative paths of its manifests are relative to; of a source that is gone, as it was; of '' that of new documents. Throws
   * NotReady for one never known.
   */
  workspaceOf(name: string): string;
  /**
   * The Source documents that there are now. Each that is new, gone or says something else is followed soon, one step at a time: never before
   * this call returns.
   */
  declare(documents: ReadonlyMap<string, SourceManifest>): void;
  /** One has come (not started yet), maybe in place of another of its name (closed already), or has gone (closed already). */
  onChange(listener: (change: SourceChange) => void): Unsubscribe;
}

export type SourceChange = { readonly added: Source; readonly replaces?: Source } | { readonly removed: Source };
