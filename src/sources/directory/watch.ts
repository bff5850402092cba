import { basename, dirname, join } from 'node:path';
import type { Stats } from 'node:fs';
import { watch as chokidarWatch, type FSWatcher } from 'chokidar';
import type { Why } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { errorCode, errorMessage } from '../../shared/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import { EventCheck } from './event-check.ts';
import { isInside, isLitter, isManifestName } from '../paths.ts';

export type Watch = typeof chokidarWatch;

export interface FolderWatchParts {
  readonly root: string;
  readonly clock: Clock;
  readonly graceMs: number;
  /** `path`: the manifest that the event names, where it names one. */
  readonly onSignal: (path?: string) => void;
  /** A change came without an event. */
  readonly onMiss: () => void;
  readonly warn: (message: string) => void;
  readonly watch: Watch | undefined;
}

const MAX_MISSES = 3;
const EXHAUSTED = new Set<string | undefined>(['ENOSPC', 'EMFILE', 'ENFILE']);

/**
 * Says that something may have changed; what, only a scan tells. It watches the parent too, since a watcher of a deleted
 * folder stays silent for ever, and gives way to polling where events cannot be relied upon (reconcile-behaviour §6.1, §6.3.9).
 */
export class FolderWatch {
  readonly #parts: FolderWatchParts;
  readonly #check: EventCheck;
  #watcher: FSWatcher | undefined;
  #ready = false;
  #identity: string | undefined;
  /** Set once the watcher is given up: the source polls. */
  degraded: Why | undefined;

  constructor(parts: FolderWatchParts) {
    this.#parts = parts;
    const { clock, graceMs } = parts;
    this.#check = new EventCheck({ clock, graceMs, onMiss: (inARow) => this.#missed(inARow) });
  }

  /** Events so far; to be taken before a scan and handed to `compare` after it. */
  get events(): number {
    return this.#check.count;
  }

  /** Watches, from the beginning where it did before. What changes until it listens is caught by the signal that follows. */
  arm(): void {
    this.#drop();
    const { root, watch = chokidarWatch } = this.#parts;
    const ignored = (path: string, stats?: Stats) => this.#ignores(path, stats);
    const watcher = watch(dirname(root), { depth: 2, ignoreInitial: true, ignorePermissionErrors: true, ignored });
    this.#watcher = watcher;
    watcher.on('all', (_event, path) => this.#heard(path));
    // The raw events tell of the files, of a folder that was replaced by a rename, and of a ConfigMap's ..data.
    watcher.on('raw', (_event, name, details) => {
      const folder = isJsonObject(details) ? details.watchedPath : undefined;
      if (this.#concerns(folder, name)) this.#heard(basename(folder) === name ? folder : join(folder, name));
    });
    watcher.on('error', (error) => this.#failed(watcher, error));
    watcher.once('ready', () => {
      this.#ready = watcher === this.#watcher;
      this.#heard();
    });
  }

  /** Arms again where the folder of this name is another one than before. */
  follow(identity: string): void {
    if (this.#identity !== undefined && this.#identity !== identity && this.degraded === undefined) this.arm();
    this.#identity = identity;
  }

  /** Takes in what a scan found. */
  compare(changed: boolean, eventsBefore: number): void {
    this.#check.compare(changed && this.#ready, eventsBefore);
  }

  async close(): Promise<void> {
    this.#check.close();
    const watcher = this.#watcher;
    this.#watcher = undefined;
    await watcher?.close();
  }

  #heard(path?: string): void {
    this.#check.heard();
    this.#parts.onSignal(path !== undefined && isManifestName(basename(path)) ? path : undefined);
  }

  #missed(inARow: number): void {
    if (!this.#ready) return;
    this.#parts.onMiss();
    if (inARow >= MAX_MISSES) this.#degrade(`${String(MAX_MISSES)} changes in a row came without an event`);
    else this.arm();
  }

  #failed(watcher: FSWatcher, error: unknown): void {
    if (watcher !== this.#watcher) return;
    if (EXHAUSTED.has(errorCode(error)))
      this.#degrade(`${errorMessage(error)}; raise fs.inotify.max_user_watches or max_user_instances`);
    else this.#parts.warn(`watching ${this.#parts.root}: ${errorMessage(error)}`);
  }

  #degrade(cause: string): void {
    const message = `events of ${this.#parts.root} are not reliable, it is polled: ${cause}`;
    this.degraded = { reason: 'WatchDegraded', message };
    this.#parts.warn(message);
    this.#drop();
    this.#parts.onSignal();
  }

  #drop(): void {
    this.#ready = false;
    this.close().catch((error: unknown) => this.#parts.warn(`closing a watcher: ${errorMessage(error)}`));
  }

  #ignores(path: string, stats?: Stats): boolean {
    const { root } = this.#parts;
    if (path === root || path === dirname(root)) return false;
    if (!isInside(root, path)) return true;
    const name = basename(path);
    // A folder's own raw events name the files in it: a watch for each of thousands would only say it twice.
    return isLitter(name) || stats?.isFile() === true;
  }

  #concerns(folder: unknown, name: unknown): folder is string {
    const { root } = this.#parts;
    if (typeof folder !== 'string' || typeof name !== 'string') return false;
    if (folder === dirname(root)) return name === basename(root);
    return isInside(root, folder) && (name === '..data' || !isLitter(name));
  }
}
