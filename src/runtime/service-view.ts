import { deriveStatus } from '../reconcile/status.ts';
import type { Desired, Plan } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import type { DiagnosticIndex } from '../controller/diagnostic-index.ts';
import type { Entry } from '../controller/entry.ts';
import type { ServiceView } from './types.ts';

const PENDING: Plan = { kind: 'wait', untilMs: 0, why: because('Pending', 'not looked at yet') };

/** One entry as every door sees it; before its first reconcile it is pending. */
export function viewOf(entry: Entry, diagnostics: DiagnosticIndex, now: number): ServiceView {
  const { row } = entry;
  const current = entry.desired?.generation === row.generation;
  const desired: Desired =
    current && entry.desired !== undefined
      ? { ...entry.desired, manifest: row.manifest, origin: row.origin }
      : { ...row, runHash: '', originHash: '' };
  const plan = current ? (entry.plan ?? PENDING) : PENDING;
  // What the daemon before wrote is history, not what is: nothing has been looked at yet.
  const status =
    entry.desired !== undefined && entry.status !== undefined
      ? entry.status
      : deriveStatus({
          desired,
          observed: [],
          memory: row.memory,
          plan,
          now,
          ...(entry.status && { previous: entry.status }),
        });
  return {
    desired,
    status,
    plan,
    ...(entry.interface === undefined ? {} : { interface: entry.interface }),
    diagnostics: [...diagnostics.of(row.identity, row.origin.file), ...(entry.artifacts?.diagnostics ?? [])],
    firstSeenMs: row.firstSeenMs,
  };
}
