import type { Desired, Memory, ObservedInstance } from './ports.ts';

/**
 * Whether a change starts the new instance beside the old one, which serves until the new one is introspected (manifest.md, rollout). Instances
 * of a wasm service share nothing, so that two of them never get in each other's way.
 */
export function overlaps({ manifest: { spec } }: Desired): boolean {
  return spec.origin.type === 'local_wasm' && spec.rollout.strategy === 'Overlap';
}

/** The instance that answers calls: it runs, and its interface is the one that is served. */
export function servingInstance(observed: readonly ObservedInstance[], m: Memory): ObservedInstance | undefined {
  const id = m.introspected?.instance;
  return observed.find((i) => i.phase === 'running' && i.ref.id === id && i.ref.id !== m.failedInstance);
}
