import type { Upstream } from '../reconcile/ports.ts';

/** The upstream of an instance, as its driver has it. */
export interface InstanceUpstream extends Upstream {
  /** Resolves when no call of a client is in flight: all were answered, or failed with the connection. */
  idle(): Promise<void>;
}
