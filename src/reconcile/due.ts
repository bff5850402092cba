import type { Action, Plan } from './ports.ts';

/** What there is to do now. */
export function due(plan: Plan, now: number): readonly Action[] {
  if (plan.kind === 'act') return plan.actions;
  return plan.kind === 'halt' && plan.upkeep !== undefined && now >= plan.upkeep.atMs ? [plan.upkeep.action] : [];
}

/** Clock time of the next look that the plan asks for. */
export function nextLookMs(plan: Plan): number | undefined {
  if (plan.kind === 'act') return undefined;
  if (plan.kind !== 'halt' || plan.upkeep === undefined) return plan.untilMs;
  return Math.min(plan.upkeep.atMs, plan.untilMs ?? Infinity);
}
