import { deriveStatus } from '../reconcile/status.ts';
import type { Desired, Plan, ServiceStatus } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import type { DiagnosticIndex } from '../controller/diagnostic-index.ts';
import type { Entry } from '../controller/entry.ts';
import type { ServiceView } from './types.ts';

const PENDING: Plan = { kind: 'wait', untilMs: 0, why: because('Pending', 'not looked at yet') };

/** One entry as every door sees it; before its first reconcile it is pending. */
export function viewOf(entry: Entry, diagnostics: DiagnosticIndex, now: number): ServiceView {
  const { row } = entry;
  return {
    desired: desiredOf(entry),
    status: statusOf(entry, now),
    plan: planOf(entry),
    ...(entry.interface === undefined ? {} : { interface: entry.interface }),
    diagnostics: [...diagnostics.of(row.identity, row.origin.file), ...(entry.artifacts?.diagnostics ?? [])],
    firstSeenMs: row.firstSeenMs,
  };
}

/** Its status as every door sees it. */
export function statusOf(entry: Entry, now: number): ServiceStatus {
  if (entry.desired !== undefined && entry.status !== undefined) return entry.status;
  // What the daemon before wrote is history, not what is: nothing has been looked at yet.
  return deriveStatus({
    desired: desiredOf(entry),
    observed: [],
    memory: entry.row.memory,
    plan: planOf(entry),
    now,
    ...(entry.status && { previous: entry.status }),
  });
}

function desiredOf({ desired, row }: Entry): Desired {
  return desired?.generation === row.generation
    ? { ...desired, manifest: row.manifest, origin: row.origin }
    : { ...row, runHash: '', originHash: '' };
}

function planOf({ desired, plan, row }: Entry): Plan {
  return desired?.generation === row.generation ? (plan ?? PENDING) : PENDING;
}
