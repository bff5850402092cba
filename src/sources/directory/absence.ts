/** What is known to be missing since when; `undefined` where no complete scan has missed it yet. */
export interface Absent<T> {
  readonly value: T;
  readonly sinceMs: number | undefined;
}

export interface AbsenceInputs<T> {
  /** What stood before and may be missing: what is not named here is present. */
  readonly before: ReadonlyMap<string, T>;
  readonly present: Pick<ReadonlySet<string>, 'has'>;
  readonly absent: ReadonlyMap<string, Absent<T>>;
  /** Taken away by a writer of ours: needs no second look. */
  readonly announced: ReadonlySet<string>;
  /** False where the scan was not complete, or a merge or rebase is under way: it proves nothing. */
  readonly conclusive: boolean;
  readonly nowMs: number;
  readonly confirmMs: number;
}

/**
 * What is missing and must be kept all the same: until two conclusive scans, `confirmMs` apart, have missed it
 * (reconcile-behaviour §6.3.5). It goes by identity, so that what moved to another file was never missing. Pure.
 */
export function trackAbsence<T>(inputs: AbsenceInputs<T>): ReadonlyMap<string, Absent<T>> {
  const { before, present, absent, announced, conclusive, nowMs, confirmMs } = inputs;
  const kept = new Map<string, Absent<T>>();
  for (const [key, value] of before) {
    if (present.has(key) || announced.has(key)) continue;
    const since = absent.get(key)?.sinceMs;
    if (conclusive && since !== undefined && nowMs - since >= confirmMs) continue;
    kept.set(key, { value, sinceMs: since ?? (conclusive ? nowMs : undefined) });
  }
  return kept;
}
