import { canonicalJson } from '../../shared/canonical-json.ts';
import type { PlannedChange } from '../types.ts';
import { isSame } from './plan-hash.ts';

/** In words, what a plan would do now that it would not have done before; one entry for each document. */
export function differences(before: readonly PlannedChange[], now: readonly PlannedChange[]): readonly string[] {
  const shown = new Map(before.map((change) => [keyOf(change), change]));
  const planned = new Map(now.map((change) => [keyOf(change), change]));
  const gone = [...shown.keys()].filter((key) => !planned.has(key)).map((key) => `nothing would be done to ${key}`);
  const other = [...planned].flatMap(([key, change]) => {
    const was = shown.get(key);
    if (was === undefined) return [`${key} would be ${change.outcome} too`];
    return isSame(was, change) ? [] : [`${key}: ${difference(was, change).join(', ')}`];
  });
  return [...gone, ...other];
}

function keyOf({ kind, name }: PlannedChange): string {
  return `${kind} "${name}"`;
}

function difference(was: PlannedChange, now: PlannedChange): readonly string[] {
  const differs = (pick: (change: PlannedChange) => unknown) => canonicalJson(pick(was)) !== canonicalJson(pick(now));
  const parts = [
    ...(was.outcome === now.outcome ? [] : [`${now.outcome} instead of ${was.outcome}`]),
    ...(differs((change) => change.newlyAsks ?? []) ? ['its module asks for something else'] : []),
    ...(differs((change) => change.patch) ? ['its file says something else by now'] : []),
  ];
  return parts.length === 0 ? ['other fields or diagnostics'] : parts;
}
