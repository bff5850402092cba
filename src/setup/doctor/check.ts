/** One thing that the doctor looked at. */
export interface Check {
  readonly name: string;
  /** `warn`: it works, but not as it should; only `fail` makes the whole answer no. */
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do; of every finding. */
  readonly fix?: string;
}

/** A check that found nothing. */
export function fine(name: string, detail: string): Check {
  return { name, status: 'ok', detail };
}
