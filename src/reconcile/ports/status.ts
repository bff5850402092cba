import type { Condition, Health, Lifecycle, Sync } from '../../shared/condition.ts';
import type { Why } from './desired.ts';
import type { InstanceRef, LastExit } from './driver.ts';

/** All that time and the past decide, as a value: crash loops are tested with a table. */
export interface Memory {
  /** Times of crashes and failed starts inside the window, oldest first; at most 100. */
  readonly failures: readonly number[];
  /** Failures since the last stable run: the exponent of the back-off. */
  readonly streak: number;
  /** Failures since it was last Ready; absent for none. */
  readonly unready?: number;
  readonly lastFailure?: Why & {
    readonly atMs: number;
    readonly terminal: boolean;
    readonly runHash: string;
    readonly generation: number;
  };
  readonly lastExit?: LastExit;
  /** The instance whose exit has been counted. */
  readonly countedExit?: string;
  /** The instance that is up but failed its introspection or probes: to be stopped. */
  readonly failedInstance?: string;
  /** An instance has run since the daemon began or the service was stopped: the next start is a restart. */
  readonly hasRun: boolean;
  /** Since when the current instance has been Ready. */
  readonly readySinceMs?: number;
  /** Every restart, automatic or asked, since the service was first seen. */
  readonly restarts: number;
  readonly quarantine?: Why & { readonly originHash: string; readonly sinceMs: number };
  /** The annotation value that was acted upon last. */
  readonly handledUnquarantineAt?: string;
  /** The instance whose interface is served. */
  readonly introspected?: {
    readonly instance: string;
    readonly atMs: number;
    /** When it was read first, where that was another time. */
    readonly firstAtMs?: number;
    readonly generation?: number;
  };
  /** The server said list_changed, or somebody asked. */
  readonly introspectWanted: boolean;
  /** What an interface has been read of in the life of this daemon: a service that is started on demand may sleep then. */
  readonly known?: { readonly runHash: string };
  /** Somebody called a service that sleeps. */
  readonly wanted?: { readonly atMs: number };
  /** What was last started, and of which generation: whatever else the same generation gives is drift. */
  readonly started?: { readonly runHash: string; readonly generation: number };
  readonly probe: {
    readonly lastAtMs?: number;
    readonly failures: number;
    readonly reason?: string;
    readonly message?: string;
    /** Since the lists were read last. */
    readonly count?: number;
    /** A call met trouble: it is not waited for the next one. */
    readonly wanted?: true;
  };
  /** The gateway has opened its circuit breaker, and why. */
  readonly circuit?: Why;
  /** What the running action says it does. */
  readonly phase?: string;
  readonly lastHandledReconcileAtMs?: number;
}

export interface ServiceStatus {
  /** Written only when this generation is settled: Ready or Stalled or stopped as desired. */
  readonly observedGeneration: number;
  readonly observedRevision: string;
  readonly sync: Sync;
  readonly health: Health;
  readonly lifecycle: Lifecycle;
  readonly conditions: readonly Condition[];
  readonly pid?: number;
  readonly startedAtMs?: number;
  readonly restarts: number;
  readonly lastExit?: LastExit;
  readonly nextAttemptAtMs?: number;
  readonly lastHandledReconcileAtMs?: number;
  readonly interface?: {
    readonly revision: string;
    readonly introspectedAtMs: number;
    readonly tools: number;
    readonly resources: number;
    readonly resourceTemplates: number;
    readonly prompts: number;
  };
}

export type Action =
  | { readonly kind: 'start'; readonly why: Why }
  | { readonly kind: 'stop'; readonly ref: InstanceRef; readonly why: Why }
  | { readonly kind: 'introspect'; readonly ref: InstanceRef; readonly why: Why }
  | { readonly kind: 'probe'; readonly ref: InstanceRef; readonly why: Why };

/** The next look at an instance that serves: its health, or its lists. */
export interface Upkeep {
  /** Clock time. */
  readonly atMs: number;
  readonly action: Action;
}

export type Plan =
  /** Carried out one after another; a failure ends the list. */
  | { readonly kind: 'act'; readonly actions: readonly Action[] }
  /** Nothing to do before `untilMs`. */
  | { readonly kind: 'wait'; readonly untilMs: number; readonly why: Why }
  /** A human is needed; looked at again at `untilMs` where set. What serves on all the same is looked after. */
  | { readonly kind: 'halt'; readonly why: Why; readonly untilMs?: number; readonly upkeep?: Upkeep }
  /** As desired; `untilMs` is the next probe. */
  | { readonly kind: 'noop'; readonly why: Why; readonly untilMs?: number };
