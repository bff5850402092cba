import type { Identity } from './desired.ts';

/** Told by the work queue what becomes of its keys, as client-go's queue tells its own (reconcile-behaviour §4). */
export interface QueueMetrics<K> {
  /** The key waits from now on; not told of a key that waits already. */
  added(key: K): void;
  /** A worker has it. */
  taken(key: K): void;
  /** The worker gave it back. */
  done(key: K): void;
}

/**
 * How a look at a service ended, in controller-runtime's words: nothing to do, actions were handed over and wake it, looked at again at a set
 * time, threw, or a person is needed.
 */
export type LookResult = 'success' | 'requeue' | 'requeue_after' | 'error' | 'terminal';

/** Told by the controller what its workers do. */
export interface ControllerMetrics {
  readonly queue: QueueMetrics<Identity>;
  /** So many looks may be at work at once. */
  workers(count: number): void;
  looked(result: LookResult, durationMs: number): void;
  /** An action failed that is tried again; `reason` is of reasons.ts. */
  actionFailed(reason: string): void;
}

/** Told by a source, under its name. */
export interface SourceMetrics {
  /** It has looked at all it has; `complete` is that of the snapshot. */
  looked(source: string, complete: boolean): void;
  /** It found a change that its watcher had not told of. */
  missed(source: string): void;
  /** It is gone, and so are its series. */
  forget(source: string): void;
}

/** What became of a call of a tool: `tool_error` is a result with isError, `error` a JSON-RPC error of another kind than those named. */
export type CallOutcome = 'success' | 'tool_error' | 'error' | 'timeout' | 'unavailable' | 'overloaded' | 'cancelled';

/** Told by the gateway of every call of a tool; made for 27,000 calls a second. */
export interface CallMetrics {
  /** A call begins; the function is called once, with what became of it. Only for services of the fleet: each has its own series. */
  begin(service: Identity): (outcome: CallOutcome) => void;
}
