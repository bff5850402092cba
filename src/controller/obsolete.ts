import type { Desired } from '../reconcile/ports.ts';
import { forbids } from '../reconcile/rollout.ts';
import type { RunningAction } from './entry.ts';

/** An action that works towards something nobody wants any more; stops are always finished. */
export function isObsolete(action: RunningAction, desired: Desired | undefined): boolean {
  if (action.actions.every((a) => a.kind === 'stop')) return false;
  if (desired === undefined || desired.runHash !== action.runHash) return true;
  // What only may not start is looked after while it runs.
  if (
    desired.blocked !== undefined &&
    (forbids(desired.blocked) || action.actions.some(({ kind }) => kind === 'start'))
  )
    return true;
  const { enabled, autostart, suspend } = desired.manifest.spec;
  return !enabled || !autostart || suspend;
}
