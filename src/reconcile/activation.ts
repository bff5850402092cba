import type { Desired, Memory, ObservedInstance } from './ports.ts';

/** True where a service on demand has nobody who wants it: its interface is known, and it need not run (manifest.md, activation). */
export function sleeps({ manifest, runHash }: Desired, m: Memory): boolean {
  return manifest.spec.activation.mode === 'onDemand' && m.known?.runHash === runHash && m.wanted === undefined;
}

/** Clock time at which a running service on demand may be put to sleep; undefined where it may not, or has a call in flight. */
export function idleAtMs({ manifest }: Desired, { activity }: ObservedInstance, m: Memory): number | undefined {
  const { mode, idleSeconds } = manifest.spec.activation;
  if (mode !== 'onDemand' || (activity?.inFlight ?? 0) > 0) return undefined;
  const last = Math.max(
    activity?.lastAtMs ?? 0,
    m.wanted?.atMs ?? 0,
    m.introspected?.firstAtMs ?? m.introspected?.atMs ?? 0,
  );
  return last + idleSeconds * 1000;
}
