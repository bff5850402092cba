import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { PlannedChange, WantedChange } from '../types.ts';

/** `sha256:<hex>` of what is asked for and of what it would make of the manifests. */
export function planHash(change: WantedChange, plan: readonly PlannedChange[]): string {
  const text = canonicalJson({ change, plan: plan.map(lasting) });
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** True where both would make the same of a document. */
export function isSame(a: PlannedChange, b: PlannedChange): boolean {
  return canonicalJson(lasting(a)) === canonicalJson(lasting(b));
}

/**
 * What anybody can agree to: the change of the document. Which instance is replaced or restarted for it, and how many calls that ends, is as it
 * is at the moment of each look: a proposal must not die because a service comes up or crashes.
 */
function lasting({ drains: _, actions: __, interface: ___, ...change }: PlannedChange): object {
  return change;
}
