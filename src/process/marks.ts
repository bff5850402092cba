/** `<hash of the state directory>:<identity>`: lets the next daemon on that state find what the last one left (reconcile-behaviour §5). */
export const INSTANCE_MARK = 'CLARITY_INSTANCE';

/** One value a spawn: lets a tree be found whole, also what left its group. */
export const RUN_MARK = 'CLARITY_RUN';
