import { ClarityError } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';
import type { PlannedChange, WantedChange } from '../types.ts';
import { differences } from './differences.ts';
import { isSame, planHash } from './plan-hash.ts';
import type { StoredProposal } from './stored-proposal.ts';

type PlanAnew = (change: WantedChange) => Promise<readonly PlannedChange[]>;

const MAX_WHY = 500;

/** What a proposal would do now that was not shown; undefined where there is nothing. Rejects where that cannot be told now. */
export async function whyOutdated(
  { change, plan, planHash: shown }: StoredProposal,
  planAnew: PlanAnew,
): Promise<string | undefined> {
  try {
    const now = await planAnew(change);
    if (planHash(change, now) === shown) return undefined;
    return oneLine(differences(plan, now).join('; '), MAX_WHY);
  } catch (error) {
    if (error instanceof ClarityError && error.terminal) return oneLine(error.message, MAX_WHY);
    throw error;
  }
}

/**
 * How much of an approved change is in the manifests already: all of it; some, and the rest would still do what was shown; or it would do
 * something else by now. Rejects where that cannot be told now.
 */
export async function standingOf(
  { change, plan }: StoredProposal,
  planAnew: PlanAnew,
): Promise<'done' | 'as shown' | 'other'> {
  try {
    const now = await planAnew(change);
    if (now.every(({ outcome }) => outcome === 'unchanged')) return 'done';
    const asShown = (one: PlannedChange, index: number) => {
      const was = plan[index];
      return one.outcome === 'unchanged' || (was !== undefined && isSame(was, one));
    };
    return now.length === plan.length && now.every(asShown) ? 'as shown' : 'other';
  } catch (error) {
    if (!(error instanceof ClarityError) || !error.terminal) throw error;
    return change.kind === 'remove' && error.code === 'NotFound' ? 'done' : 'other';
  }
}
