import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { PlannedChange, WantedChange } from '../types.ts';

/** `sha256:<hex>` of what is asked for and of what it would do. */
export function planHash(change: WantedChange, plan: readonly PlannedChange[]): string {
  const text = canonicalJson({ change, plan: plan.map(lasting) });
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** True where both would do the same. */
export function isSame(a: PlannedChange, b: PlannedChange): boolean {
  return canonicalJson(lasting(a)) === canonicalJson(lasting(b));
}

/** Without the calls in flight, which are others at each look and nothing that anybody agrees to. */
function lasting({ drains: _, ...change }: PlannedChange): object {
  return change;
}
