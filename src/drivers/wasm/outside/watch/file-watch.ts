import { watch, type FSWatcher } from 'node:fs';
import { errorCode } from '../../../../shared/errors.ts';
import { oneLine } from '../../../../shared/text.ts';
import { Bell, type Patience } from '../bell.ts';
import { closeWith } from '../close-with.ts';
import type { Closeable } from '../operation.ts';
import { PlainFailure } from '../plain-failure.ts';

const MAX_CHANGES = 256;
const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'it may not be read',
  ENOSPC: 'too much is watched on this machine',
  EMFILE: 'too much is watched on this machine',
};

/** What `fs_watch_next` gives as JSON. */
interface Change {
  /** `change`, or `rename` for what was made, removed or renamed. */
  readonly event: string;
  /** Of the entry, without its folder; empty where the system does not say. */
  readonly filename: string;
}

/** Changes of a file, or of the entries of a folder (not below). At most 256 wait; one that waits already is not told twice. */
export class FileWatch implements Closeable {
  readonly #watcher: FSWatcher;
  readonly #bell = new Bell();
  readonly #changes = new Map<string, Change>();
  readonly #onLost: () => void;
  #lost = false;
  #forget: () => void = () => undefined;

  /** `shown`: as the module named it; it closes itself when `signal` fires. `onLost` is called once, when the module reads too slowly. Throws PlainFailure. */
  constructor(path: string, shown: string, signal: AbortSignal, onLost: () => void) {
    this.#onLost = onLost;
    try {
      this.#watcher = watch(path, { persistent: false }, (event, filename) =>
        this.#add({ event, filename: filename ?? '' }),
      );
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      throw new PlainFailure(`\`${oneLine(shown)}\` cannot be watched: ${WHY[code] ?? code}.`, { cause: error });
    }
    // Such as a folder that went; what was seen before can still be read.
    this.#watcher.on('error', () => this.#watcher.close());
    this.#forget = closeWith(signal, this);
  }

  next(patience: Patience): Promise<Change | undefined> {
    return this.#bell.until(() => this.#take(), patience);
  }

  close(): void {
    this.#forget();
    this.#watcher.close();
    this.#changes.clear();
  }

  #take(): Change | undefined {
    const [first] = this.#changes;
    if (first !== undefined) this.#changes.delete(first[0]);
    return first?.[1];
  }

  #add(change: Change): void {
    const key = `${change.event}:${change.filename}`;
    if (this.#changes.size >= MAX_CHANGES && !this.#changes.has(key)) {
      if (!this.#lost) this.#onLost();
      this.#lost = true;
      return;
    }
    this.#changes.set(key, change);
    this.#bell.ring();
  }
}
