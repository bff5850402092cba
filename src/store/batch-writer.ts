import { ClarityError } from '../shared/errors.ts';
import type { Database } from './database.ts';

/** More writes than this in one turn of the loop are committed there and then: the bound of the queue. */
const MAX_PENDING = 1000;

type Done = (error?: Error) => void;

/**
 * Group commit: the writes of one turn of the event loop share a transaction, and each is acknowledged only after its commit
 * (dependencies, durable store). A batch that fails is repeated write by write, so that one bad write spoils no other.
 */
export class BatchWriter {
  readonly #db: Database;
  #pending: { work: () => void; done: Done }[] = [];
  #acknowledgements: (() => void)[] = [];
  #acknowledging = false;
  #turn: NodeJS.Immediate | undefined;
  #closed = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Resolves after the commit; rejects with the driver's error, or NotReady once the store is closed. `work` only runs statements. */
  write(work: () => void): Promise<void> {
    return new Promise((resolve, reject) =>
      this.enqueue(work, (error) => (error === undefined ? resolve() : reject(error))),
    );
  }

  /** As `write`, for callers that must hear of commits in the order of their writes. */
  enqueue(work: () => void, done: Done): void {
    if (this.#closed) return done(new ClarityError('NotReady', 'the store is closed'));
    this.#pending.push({ work, done });
    if (this.#pending.length >= MAX_PENDING) this.flush();
    else this.#turn ??= setImmediate(() => this.flush());
  }

  /** Commits what is pending, at once. Readers call it first, so that they see every write made before. */
  flush(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    const batch = this.#pending;
    this.#pending = [];
    if (batch.length === 0) return;
    const failure = this.#commit(() => batch.forEach(({ work }) => work()));
    for (const { work, done } of batch) {
      const error = failure === undefined || batch.length === 1 ? failure : this.#commit(work);
      this.#acknowledgements.push(() => done(error));
    }
    this.#acknowledge();
  }

  /** Commits the rest and refuses everything after it. */
  close(): void {
    this.flush();
    this.#closed = true;
  }

  #commit(work: () => void): Error | undefined {
    try {
      this.#db.transaction(work);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Only the outermost flush acknowledges: one that an acknowledgement causes must not overtake those before it. */
  #acknowledge(): void {
    if (this.#acknowledging) return;
    this.#acknowledging = true;
    try {
      for (let next = this.#acknowledgements.shift(); next !== undefined; next = this.#acknowledgements.shift()) next();
    } finally {
      this.#acknowledging = false;
    }
  }
}
