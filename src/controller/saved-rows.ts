import { isDeepStrictEqual } from 'node:util';

import type { DocumentOrigin, Identity, Memory, ServiceRow, ServiceStatus } from '../reconcile/ports.ts';

/** What of a row is worth a write when it changes. */
interface Durable extends Omit<ServiceRow, 'memory' | 'status' | 'origin'> {
  readonly memory: Omit<Memory, 'phase' | 'probe' | 'introspectWanted' | 'wanted'>;
  readonly origin: Omit<DocumentOrigin, 'revision'>;
  readonly status: ServiceStatus | undefined;
}

/** Which row the store holds of each service, so that a look that finds nothing new writes nothing, the first one after a start too. */
export class SavedRows {
  readonly #rows: Map<Identity, Durable>;

  /** `loaded`: what the store gave at the start. */
  constructor(loaded: readonly ServiceRow[]) {
    this.#rows = new Map(loaded.map((row) => [row.identity, durable(row, row.status)]));
  }

  /** True where the store holds something else. */
  differs(row: ServiceRow, status: ServiceStatus | undefined): boolean {
    return !isDeepStrictEqual(this.#rows.get(row.identity), durable(row, status));
  }

  /** The store holds this now. */
  saved(row: ServiceRow, status: ServiceStatus | undefined): void {
    this.#rows.set(row.identity, durable(row, status));
  }

  forget(identity: Identity): void {
    this.#rows.delete(identity);
  }
}

function durable({ memory, origin, ...row }: ServiceRow, status: ServiceStatus | undefined): Durable {
  const { phase: _phase, probe: _probe, introspectWanted: _read, wanted: _wanted, ...kept } = memory;
  // A revision is that of its whole source: an edit of one file is no reason to write the rows of all others.
  const { revision: _revision, ...place } = origin;
  return { ...row, memory: kept, origin: place, status: status && { ...status, observedRevision: '' } };
}
