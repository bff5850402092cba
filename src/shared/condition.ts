/** A condition in the Kubernetes shape (reconcile-behaviour §8). */
export interface Condition {
  readonly type: ConditionType;
  readonly status: 'True' | 'False' | 'Unknown';
  /** PascalCase, from the catalogue of reasons. */
  readonly reason: string;
  /** Whole text for a person: what happened and what is being done about it. */
  readonly message: string;
  /** ISO time; changes only when `status` flips. */
  readonly lastTransitionTime: string;
  readonly observedGeneration: number;
}

/** Reconciling and Stalled are abnormal-true: present only while they hold. */
export type ConditionType = 'Ready' | 'Reconciling' | 'Stalled' | 'Synced' | 'Healthy';

/** Argo CD's words, best to worst. */
export type Health = 'Healthy' | 'Suspended' | 'Progressing' | 'Missing' | 'Degraded' | 'Unknown';

export type Sync = 'Synced' | 'OutOfSync' | 'Unknown';

/** The original's lifecycle words (original contract §5), derived from conditions. */
export type Lifecycle = 'REGISTERED' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'CRASHED' | 'QUARANTINED';

/** The condition of a type; undefined where it is not present, or there are none at all. */
export function findCondition(
  conditions: readonly Condition[] | undefined,
  type: ConditionType,
): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
