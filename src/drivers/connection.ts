import type { Upstream } from '../reconcile/ports.ts';
import type { Represented } from './represented.ts';
import type { Session } from './session.ts';

/** One MCP connection to an instance, after its handshake. */
export interface Connection {
  readonly session: Session;
  readonly server: Upstream['server'];
  /** Resolves when nothing of it is left, of its process either; 0 = at once. Called again after a rejection, and with 0 to hurry. */
  close(graceMs: number): Promise<void>;
}

/** Opens one for those that it represents, within startTimeoutMs. Rejects with a ClarityError and leaves nothing behind. */
export type OpenConnection = (represented: Represented, signal: AbortSignal) => Promise<Connection>;
