import { ClarityError } from '../shared/errors.ts';
import type { Database } from './database.ts';

/** More writes than this in one turn of the loop are committed there and then: the bound of the queue. */
const MAX_PENDING = 1000;
/** For how long one turn of the event loop is spent on a transaction that nobody waits for with the loop held up. */
const SLICE_MS = 8;

type Done = (error?: Error) => void;

/**
 * Group commit: the writes of one turn of the event loop share a transaction, as many as fit into a slice, and each is acknowledged
 * only after its commit (dependencies, durable store). A batch that fails is repeated write by write, so that one bad write spoils no other.
 */
export class BatchWriter {
  readonly #db: Database;
  readonly #pending: { work: () => void; done: Done }[] = [];
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
    else this.#turn ??= setImmediate(() => this.#takeTurn());
  }

  /** Commits what is pending, at once. Readers call it first, so that they see every write made before. */
  flush(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#commitUntil(Number.POSITIVE_INFINITY);
    this.#acknowledge();
  }

  #takeTurn(): void {
    this.#turn = undefined;
    this.#commitUntil(performance.now() + SLICE_MS);
    // Before the acknowledgements, which may write: their turn comes after those that wait already.
    if (this.#pending.length > 0) this.#turn ??= setImmediate(() => this.#takeTurn());
    this.#acknowledge();
  }

  /** Commits the oldest of what is pending, for as long as there is time. */
  #commitUntil(endMs: number): void {
    if (this.#pending.length === 0) return;
    let count = 0;
    const failure = this.#commit(() => {
      for (const { work } of this.#pending) {
        count += 1;
        work();
        if (performance.now() >= endMs) break;
      }
    });
    // Where not even the first was tried, the database takes no writes: all of them are to hear of it.
    const batch = this.#pending.splice(0, count === 0 ? this.#pending.length : count);
    for (const { work, done } of batch) {
      const error = failure === undefined || batch.length === 1 ? failure : this.#commit(work);
      this.#acknowledgements.push(() => done(error));
    }
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
