import type { Identity, RuntimeEvent } from '../reconcile/ports.ts';

export interface EventFilter {
  readonly identity?: Identity;
  readonly afterSeq?: number;
  readonly limit: number;
}

/** Where the event bus keeps its events; the store room implements it. */
export interface EventStore {
  /** Number of the newest event ever kept; 0 where there is none. */
  lastSeq(): number;
  /** `done` is called once, after the commit or with the reason why there is none, in the order of the appends. */
  append(event: RuntimeEvent, done: (error?: Error) => void): void;
  /** Says how often the event with this number has been repeated in all. */
  recount(seq: number, count: number): void;
  /** Oldest first: the newest `limit`, or those after `afterSeq`. Flushes first. */
  list(filter: EventFilter): readonly RuntimeEvent[];
  /** Commits what was appended; every `done` due has been called when it returns. */
  flush(): void;
}
