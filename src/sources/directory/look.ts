import { setImmediate } from 'node:timers/promises';
import type { ManifestFile } from '../../manifest/index.ts';
import type { Why } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { observeGit, type GitState } from './git-lock.ts';
import type { Intervals } from './intervals.ts';
import type { SourceLimits } from '../limits.ts';
import type { ParseCache } from '../parse-cache.ts';
import type { Problem } from '../problem.ts';
import { scanFolder, type FolderScan, type ScannedFile } from './scan.ts';
import { looksHalfWritten, readWhole, Stability, type ReadOutcome, type Shape } from './stable-read.ts';

/** What a file holds now, where that is news. */
export type Content =
  | {
      readonly kind: 'text';
      readonly signature: string | undefined;
      readonly hash: string;
      readonly text: string;
      readonly manifest: ManifestFile;
    }
  /** Touched, or written with what it held before. */
  | { readonly kind: 'same'; readonly signature: string | undefined }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** What is known of a file from before. */
export interface Known {
  readonly signature: string | undefined;
  readonly hash: string;
  readonly shape: Shape | undefined;
}

/** The folder at one quiet moment. */
export interface SettledLook {
  readonly kind: 'settled';
  readonly identity: string | undefined;
  /** Every file that is there, those with a problem too. */
  readonly paths: readonly string[];
  readonly contents: ReadonlyMap<string, Content>;
  /** A merge or rebase is under way. */
  readonly merging: boolean;
  /** Files, as shown to people, that did not hold still and stand as they did before. */
  readonly restless: readonly string[];
  readonly trouble?: Why;
}

export type Look =
  | SettledLook
  /** git rewrites the folder: what was seen is worth nothing. */
  | { readonly kind: 'busy'; readonly lock: string }
  /** The folder is not there or cannot be read. */
  | { readonly kind: 'trouble'; readonly why: Why }
  /** Some files need `waitMs` more without a change. */
  | { readonly kind: 'restless'; readonly waitMs: number };

export interface LookOptions {
  readonly known: (path: string) => Known | undefined;
  /** Absolute path -> content hash that a writer of ours put there: accepted at once. */
  readonly written: ReadonlyMap<string, string>;
  /** Take what is stable and leave the rest as it was, instead of asking for more time. */
  readonly final: boolean;
}

interface LookerParts {
  readonly root: string;
  readonly clock: Clock;
  readonly intervals: Intervals;
  readonly limits: SourceLimits;
  readonly cache: ParseCache;
  readonly display: (path: string) => string;
  readonly warn: (message: string) => void;
}

const READ_BATCH = 32;
const SLICE_MS = 10;

/** Scans, reads and parses what changed, between two looks at git's lock (reconcile-behaviour §6.3.2-4). */
export class Looker {
  readonly #parts: LookerParts;
  readonly #stability = new Stability();
  #ignoredLock = '';
  /** True where the newest look saw any file differ from the look before it. */
  changed = false;
  /** How long the newest scan took. */
  scanMs = 0;

  constructor(parts: LookerParts) {
    this.#parts = parts;
  }

  /** An event named this file. */
  note(path: string): void {
    void this.#stability.note(path, () => this.#parts.clock.now());
  }

  async look(options: LookOptions): Promise<Look> {
    const { root, clock, limits, display } = this.#parts;
    this.changed = false;
    const before = await this.#git();
    if (before.lock !== undefined) return { kind: 'busy', lock: before.lock };
    const beganMs = clock.now();
    const scan = await scanFolder(root, limits);
    this.scanMs = clock.now() - beganMs;
    this.changed = this.#stability.observe(scan.files, clock.now());
    if (scan.identity === undefined)
      return { kind: 'trouble', why: scan.trouble ?? { reason: 'SourceMissing', message: root } };
    const waitMs = options.final ? 0 : this.#wait(scan.files, options);
    if (waitMs > 0) return { kind: 'restless', waitMs };
    const read = await this.#readChanged(scan, options);
    const after = await this.#git();
    if (after.lock !== undefined) return { kind: 'busy', lock: after.lock };
    if (read.restless.size > 0 && !options.final)
      return { kind: 'restless', waitMs: Math.max(...read.restless.values()) };
    return {
      kind: 'settled',
      identity: scan.identity,
      paths: [...scan.files, ...scan.problems].map(({ path }) => path),
      contents: read.contents,
      merging: before.merging || after.merging,
      restless: [...read.restless.keys()].map(display),
      ...(scan.trouble === undefined ? {} : { trouble: scan.trouble }),
    };
  }

  /** How long until every changed file has been seen twice; those of our own writer do not wait. */
  #wait(files: readonly ScannedFile[], { known, written }: LookOptions): number {
    const changed = files.filter(({ path, signature }) => known(path)?.signature !== signature && !written.has(path));
    return Math.max(0, ...changed.map(({ path }) => this.#rest(path, this.#parts.intervals.stableMs)));
  }

  /** Milliseconds until the file has looked the same for `neededMs`. */
  #rest(path: string, neededMs: number): number {
    return neededMs - this.#stability.ageMs(path, this.#parts.clock.now());
  }

  async #readChanged(scan: FolderScan, options: LookOptions) {
    const contents = new Map<string, Content>(scan.problems.map((p) => [p.path, { kind: 'problem', problem: p }]));
    const restless = new Map<string, number>();
    const changed = scan.files.filter(({ path, signature }) => options.known(path)?.signature !== signature);
    let sliceEnd = performance.now() + SLICE_MS;
    for (let at = 0; at < changed.length; at += READ_BATCH) {
      const batch = changed.slice(at, at + READ_BATCH);
      const outcomes = await Promise.all(batch.map(async (file) => [file, await readWhole(file)] as const));
      for (const [file, outcome] of outcomes) {
        const content = this.#judge(file, outcome, options);
        if (typeof content === 'number') restless.set(file.path, content);
        else contents.set(file.path, content);
        // Parsing thousands of files takes seconds: the process has other callers.
        if (performance.now() < sliceEnd) continue;
        await setImmediate();
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
    return { contents, restless };
  }

  /** The content, or for how many milliseconds it has yet to hold still. */
  #judge({ path, signature }: ScannedFile, outcome: ReadOutcome, { known, written }: LookOptions): Content | number {
    const { intervals, cache, display } = this.#parts;
    if (outcome.kind === 'moved') return intervals.stableMs;
    if (outcome.kind === 'problem') return outcome;
    const { text, hash } = outcome;
    const before = known(path);
    const ours = written.get(path) === hash;
    const rest = ours ? 0 : this.#rest(path, intervals.stableMs);
    if (rest > 0) return rest;
    // Read within the resolution of its own ctime, it may have been written once more: the next look reads it again.
    const proven = ours ? undefined : signature;
    if (before?.hash === hash) return { kind: 'same', signature: proven };
    const manifest = cache.parse(display(path), text, hash);
    const broken = manifest.diagnostics.some(({ severity }) => severity === 'error');
    const doubt = ours || !looksHalfWritten(text, broken, before?.shape) ? 0 : this.#rest(path, intervals.doubtMs);
    return doubt > 0 ? doubt : { kind: 'text', signature: proven, hash, text, manifest };
  }

  async #git(): Promise<{ lock: string | undefined; merging: boolean }> {
    const { root, clock, intervals, warn } = this.#parts;
    const { lock, merging }: GitState = await observeGit(root);
    if (lock === undefined) return { lock, merging };
    if (clock.now() - lock.modifiedMs <= intervals.staleLockMs) return { lock: lock.path, merging };
    if (this.#ignoredLock !== lock.path)
      warn(`${lock.path} is older than 10 minutes and is ignored; remove it if no git runs`);
    this.#ignoredLock = lock.path;
    return { lock: undefined, merging };
  }
}
