import { availableParallelism } from 'node:os';
import type { Cancel, Clock } from '../../../shared/clock.ts';
import { errorMessage } from '../../../shared/errors.ts';
import { WorkerThread } from './worker-thread.ts';

/** Threads that are not parked, beside the one that is kept ready. */
const UNPARKED = Math.max(4, 2 * availableParallelism());
/** Calls that wait outside, of all programs. */
const PARKED = 64;
/** A thread without a call ends then. */
const IDLE_MS = 30_000;

/** Whoever waits for a thread. */
export interface ThreadTaker {
  /** One may be free now. */
  readonly pump: () => void;
  /** None can be started. */
  readonly noThread: (why: string) => void;
}

/** All threads of the daemon, shared by its programs. */
export class ThreadPool {
  readonly #clock: Clock;
  readonly #all = new Set<WorkerThread>();
  readonly #starting = new Set<WorkerThread>();
  /** The least recently used first. */
  readonly #idle = new Set<WorkerThread>();
  readonly #takers = new Set<ThreadTaker>();
  #parked = 0;
  #programs = 0;
  #lastUsedAt = 0;
  #sweep: Cancel | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  opened(): void {
    this.#programs++;
  }

  /** Resolves when all threads are gone, if this was the last program. */
  async closed(key: number): Promise<void> {
    this.#programs--;
    for (const thread of this.#all) thread.forget(key);
    if (this.#programs > 0) return;
    this.#idle.clear();
    await Promise.all([...this.#all].map((thread) => thread.kill()));
  }

  /** An idle thread that has this program. */
  takeWarm(key: number): WorkerThread | undefined {
    let warm: WorkerThread | undefined;
    for (const thread of this.#idle) if (thread.has(key)) warm = thread;
    if (warm !== undefined) this.#take(warm);
    return warm;
  }

  /** A thread that has nothing, else the least recently used idle one; where there is none the taker hears of the next. */
  takeCold(taker: ThreadTaker): WorkerThread | undefined {
    this.#lastUsedAt = this.#clock.now();
    const fresh = this.#spare();
    const used = this.#all.size - this.#parked - this.#starting.size - (fresh === undefined ? 0 : 1);
    const thread = used < UNPARKED ? fresh : this.#oldest();
    if (thread !== undefined) {
      this.#take(thread);
      this.#keepSpare();
      return thread;
    }
    this.#takers.add(taker);
    if (used < UNPARKED && this.#starting.size < Math.min(this.#takers.size, UNPARKED - used)) this.#start();
    return undefined;
  }

  /** True where somebody waits for a thread. */
  get areWanted(): boolean {
    return this.#takers.size > 0;
  }

  /** It waits no more. */
  leave(taker: ThreadTaker): void {
    this.#takers.delete(taker);
  }

  /** A call in a thread begins to wait; false where too many do. `serve` is for when its slot is free. */
  park(): boolean {
    if (this.#parked >= PARKED) return false;
    this.#parked++;
    return true;
  }

  unpark(): void {
    this.#parked--;
  }

  /** Its call is over. */
  release(thread: WorkerThread): void {
    thread.lastUsedAt = this.#lastUsedAt = this.#clock.now();
    this.#becomeIdle(thread);
    // Calls that were parked have come back: there are more threads than are used at one time.
    if (this.#idle.has(thread) && this.#all.size - this.#parked > UNPARKED + 1) this.#end(thread);
  }

  /** The thread of a call is gone, which only whoever had it knows. */
  lost(thread: WorkerThread): void {
    this.#idle.delete(thread);
    this.#all.delete(thread);
    if (this.#programs === 0) return;
    if (this.#clock.now() - this.#lastUsedAt < IDLE_MS) this.#keepSpare();
    this.serve();
  }

  /** Gives what is free to whoever waits, in turn: a taker that wants more comes in again at the end. */
  serve(): void {
    for (let left = this.#takers.size; left > 0; left--) {
      const [taker] = this.#takers;
      if (taker === undefined) return;
      this.#takers.delete(taker);
      taker.pump();
      // What it did not get, nobody else gets.
      if (this.#idle.size === 0) return;
    }
  }

  #take(thread: WorkerThread): void {
    this.#idle.delete(thread);
  }

  #spare(): WorkerThread | undefined {
    for (const thread of this.#idle) if (thread.isFresh) return thread;
    return undefined;
  }

  #oldest(): WorkerThread | undefined {
    for (const thread of this.#idle) if (!thread.isFresh) return thread;
    return undefined;
  }

  /** So that neither a first call nor one after a kill waits for a thread to start. */
  #keepSpare(): void {
    if (this.#starting.size > 0 || this.#all.size - this.#parked > UNPARKED) return;
    if (this.#spare() === undefined) this.#start();
  }

  #start(): void {
    try {
      const thread: WorkerThread = new WorkerThread({
        message: ({ type }) => {
          if (type !== 'ready') return;
          this.#starting.delete(thread);
          thread.lastUsedAt = this.#clock.now();
          this.#becomeIdle(thread);
        },
        gone: (why) => {
          this.#starting.delete(thread);
          this.#all.delete(thread);
          if (why !== undefined) this.#fail(why);
          // Ended with the last program; the next one may have come meanwhile, and waits for it.
          else this.lost(thread);
        },
      });
      this.#all.add(thread);
      this.#starting.add(thread);
      this.#sweep ??= this.#clock.after(IDLE_MS, () => this.#endIdle());
    } catch (error) {
      this.#fail(errorMessage(error));
    }
  }

  /** Nobody waits for what may never come. */
  #fail(why: string): void {
    const takers = [...this.#takers];
    this.#takers.clear();
    for (const taker of takers) taker.noThread(why);
  }

  #becomeIdle(thread: WorkerThread): void {
    thread.listener = { message: () => undefined, gone: () => this.lost(thread) };
    if (thread.isEnding) return;
    this.#idle.add(thread);
    this.serve();
  }

  #endIdle(): void {
    this.#sweep = undefined;
    const now = this.#clock.now();
    let nextMs = IDLE_MS;
    for (const thread of [...this.#idle]) {
      // The spare one is used by whoever comes next: it ends with the last call of all.
      const restMs =
        (thread.isFresh ? Math.max(thread.lastUsedAt, this.#lastUsedAt) : thread.lastUsedAt) + IDLE_MS - now;
      if (restMs <= 0) this.#end(thread);
      else nextMs = Math.min(nextMs, restMs);
    }
    if (this.#all.size > 0) this.#sweep = this.#clock.after(nextMs, () => this.#endIdle());
  }

  #end(thread: WorkerThread): void {
    this.#idle.delete(thread);
    void thread.kill();
  }
}
