import type {
  Action,
  ArtifactState,
  Desired,
  InstanceRef,
  InterfaceSnapshot,
  Plan,
  ServiceRow,
  ServiceStatus,
  Why,
} from '../reconcile/ports.ts';

/** All that the controller holds of one service. The row is durable, the rest is rebuilt at start. */
export interface Entry {
  row: ServiceRow;
  /** No source declares it any more and the prune guard let it go. */
  deleted: boolean;
  /** Two documents claimed it from the first moment: there is no good version to fall back to, and nothing is stored of it. */
  bornContested: boolean;
  /** The file on disk is broken, contested, or gone but kept by the guard. */
  stale?: Why;
  blocked?: Why;
  /** The last desired value that could be made (its secrets were there). */
  desired?: Desired;
  /** What it was made of when its secrets were there last, and of which generation. */
  resolved?: Pick<Desired, 'generation' | 'runHash' | 'originHash'>;
  /** What its files gave when they were last looked at; of a local_wasm service only. */
  artifacts?: ArtifactState;
  /** What the last reconcile decided and found. */
  plan?: Plan;
  status?: ServiceStatus;
  interface?: InterfaceSnapshot;
  /** What the store was last given of it; absent before the first reading. */
  keptInterface?: { readonly runHash: string; readonly revision: string };
  /** The generation whose outcome stands in the history, and whether that is a good one. */
  settled?: { readonly generation: number; readonly good: boolean };
  /** Which instance answers calls. */
  serving?: InstanceRef;
  action?: RunningAction;
  /** A stop failed: nothing is done before `untilMs`. */
  held?: { readonly failures: number; readonly untilMs: number };
}

/** A list of actions in flight for one service; there is at most one. */
export interface RunningAction {
  /** What the status tells meanwhile. */
  readonly plan: Plan;
  readonly actions: readonly Action[];
  readonly runHash: string | undefined;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}
