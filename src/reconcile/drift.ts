import type { Desired, Memory, ObservedInstance, Plan } from './ports.ts';
import { because } from './reasons.ts';

/**
 * With spec.drift Report: why what differs is left as it is, where the manifest itself has not changed since the last start
 * (manifest.md, drift). Undefined where it is to be healed.
 */
export function reportedDrift(d: Desired, observed: readonly ObservedInstance[], m: Memory): Plan | undefined {
  if (d.manifest.spec.drift !== 'Report' || m.started?.generation !== d.generation) return undefined;
  const failure = m.lastFailure;
  const ended = failure?.generation === d.generation && failure.reason === 'Restart';
  if (ended) return { kind: 'halt', why: because('Drifted', `it ${failure.message}; spec.drift is Report`) };
  const runs = observed.some((i) => i.phase === 'running' && i.ref.runHash === m.started?.runHash);
  if (m.started.runHash === d.runHash || !runs) return undefined;
  return {
    kind: 'halt',
    why: because('Drifted', 'its files or secrets are others than those it was started with; spec.drift is Report'),
  };
}
