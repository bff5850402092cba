import { watch, type FSWatcher } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cancel, Clock } from '../shared/clock.ts';
import { errorCode } from '../shared/errors.ts';
import { readAnswer, type AnswerSight } from './read-answer.ts';

/** Between two looks at the folder: where nothing tells of changes, an answer is still found. */
const LOOK_MS = 500;
/** A file that stayed the same for so long is written to its end: `echo yes > FILE` first makes an empty one. */
const SETTLE_MS = 100;

interface Waiting {
  /** Names in the folder. */
  readonly files: readonly string[];
  readonly seen: Map<string, AnswerSight>;
  readonly settle: (text: string) => void;
  readonly fail: (error: unknown) => void;
}

/** Waits for answers in one folder; while nobody waits there is no watcher and no timer. */
export class AnswerWatch {
  readonly #clock: Clock;
  readonly #folder: string;
  readonly #waiting = new Set<Waiting>();
  #watcher: FSWatcher | undefined;
  #next: { readonly atMs: number; readonly cancel: Cancel } | undefined;
  /** A look is under way; `again` where something has changed since it began. */
  #looking: { again: boolean } | undefined;

  constructor(clock: Clock, folder: string) {
    this.#clock = clock;
    this.#folder = folder;
  }

  /** The whole text of the first of these files that is there; undefined when the signal fires. The folder must be there. */
  async wait(files: readonly string[], signal: AbortSignal): Promise<string | undefined> {
    let waiting: Waiting | undefined;
    let onAbort: () => void = () => undefined;
    try {
      return await new Promise<string | undefined>((resolve, reject) => {
        onAbort = () => resolve(undefined);
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        waiting = { files, seen: new Map(), settle: resolve, fail: reject };
        this.#waiting.add(waiting);
        this.#watcher ??= this.#openWatcher();
        this.#lookIn(SETTLE_MS);
      });
    } finally {
      signal.removeEventListener('abort', onAbort);
      if (waiting !== undefined) this.#waiting.delete(waiting);
      if (this.#waiting.size === 0) this.#rest();
    }
  }

  #rest(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#next?.cancel();
    this.#next = undefined;
  }

  /** Undefined where the system gives no watcher: then the looks must do. */
  #openWatcher(): FSWatcher | undefined {
    try {
      const watcher = watch(this.#folder, { persistent: false }, () => this.#lookIn(SETTLE_MS));
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return undefined;
    }
  }

  #lookIn(ms: number): void {
    if (this.#looking !== undefined) this.#looking.again = true;
    const atMs = this.#clock.now() + ms;
    if (this.#looking !== undefined || (this.#next !== undefined && this.#next.atMs <= atMs)) return;
    this.#next?.cancel();
    const cancel = this.#clock.after(ms, () => {
      this.#next = undefined;
      void this.#look();
    });
    this.#next = { atMs, cancel };
  }

  async #look(): Promise<void> {
    const looking = { again: false };
    this.#looking = looking;
    try {
      const there = new Set(await readdir(this.#folder));
      for (const waiting of this.#waiting)
        for (const file of waiting.files)
          if (there.has(file) && !(await this.#take(waiting, file))) looking.again = true;
    } catch (error) {
      // A folder that was taken away may come back; nothing else passes by itself.
      if (errorCode(error) !== 'ENOENT') for (const waiting of this.#waiting) waiting.fail(error);
    } finally {
      this.#looking = undefined;
    }
    if (this.#waiting.size > 0) this.#lookIn(looking.again ? SETTLE_MS : LOOK_MS);
  }

  /** False where the file may hold an answer by the next look. */
  async #take(waiting: Waiting, file: string): Promise<boolean> {
    const now = await readAnswer(join(this.#folder, file));
    const before = waiting.seen.get(file);
    if (now === undefined) return true;
    waiting.seen.set(file, now);
    if (before?.text !== now.text || before.changedMs !== now.changedMs) return false;
    waiting.settle(now.text);
    return true;
  }
}
