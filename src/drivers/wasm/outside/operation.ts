import type { Answer, Argument, BlockingImport } from '../blocking.ts';
import type { Program } from '../program.ts';

/** The call that waits, as an operation sees it. */
export interface OutsideCall {
  readonly program: Program;
  /** Fires when the call is over, whoever ended it: what the operation has begun must end then. */
  readonly signal: AbortSignal;
  readonly handles: Handles;
}

/** What a call has opened: streams, sessions, watches. Closed when it ends: nothing in a module outlives a call (abi.md §5). */
export interface Handles {
  /** A number for something that is open; at most 64 in a call, then it throws an Error with a sentence for the module. */
  open(thing: Closeable): bigint;
  /** What the number stands for, if it is of this class. */
  get<T extends Closeable>(handle: bigint, kind: abstract new (...args: never[]) => T): T | undefined;
  /** Closes and forgets it; harmless for an unknown one. */
  close(handle: bigint): void;
}

export interface Closeable {
  close(): void;
}

/** Carries out one blocking import in the daemon. Never rejects for what the module passed; a bug may reject, and ends the call. */
export interface Operation {
  /** Whose time it takes: waiting for a model or a person counts only where limits.countWaits says so. */
  readonly waitsFor: 'machines' | 'minds';
  readonly run: (args: readonly Argument[], call: OutsideCall) => Promise<Answer>;
}

export type Operations = Partial<Record<BlockingImport, Operation>>;
