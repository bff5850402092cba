import { statSync, watch, type FSWatcher } from 'node:fs';
import type { Identity } from '../reconcile/ports.ts';

/** The system's watch on one folder. The folder and not the files: editors replace files, and a missing file may come. */
export class WatchedFolder {
  /** Services that have an input in it. */
  readonly users = new Set<Identity>();
  readonly #path: string;
  readonly #onEvent: () => void;
  #watcher: FSWatcher | undefined;
  #inode: bigint | undefined;

  constructor(path: string, onEvent: () => void) {
    this.#path = path;
    this.#onEvent = onEvent;
    this.renew();
  }

  /** False where the system tells nothing: the folder is missing, or cannot be watched. */
  get isWatched(): boolean {
    return this.#watcher !== undefined;
  }

  /** Watches again where the folder is another one than before, or was not watched; the old watch would stay silent for ever. */
  renew(): void {
    const inode = inodeOf(this.#path);
    if (this.#watcher !== undefined && inode === this.#inode) return;
    this.close();
    this.#inode = inode;
    if (inode === undefined) return;
    try {
      const watcher = watch(this.#path, { persistent: false }, this.#onEvent);
      watcher.on('error', () => this.close());
      this.#watcher = watcher;
    } catch {
      // Forbidden, or no watches left: it is looked at by the clock.
      this.#watcher = undefined;
    }
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}

function inodeOf(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
  } catch {
    // Forbidden, or links in a circle.
    return undefined;
  }
}
