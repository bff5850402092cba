import type { HistoryEntry, ServiceRow } from '../../src/reconcile/ports.ts';

/** A row as the store keeps it; only what the store looks at is true to life. */
export function serviceRow(identity: string, generation = 1): ServiceRow {
  return {
    identity,
    firstSeenMs: 1_700_000_000_000,
    generation,
    specHash: `sha256:${String(generation)}`,
    memory: { failures: [], streak: 0, hasRun: false, restarts: 0, introspectWanted: false, probe: { failures: 0 } },
    manifest: { metadata: { name: identity } } as ServiceRow['manifest'],
    origin: { source: 'services.d', revision: 'dir@sha256:0', file: `services.d/${identity}.yaml`, line: 1, index: 0 },
  };
}

export function historyEntry(identity: string, generation: number): HistoryEntry {
  const atMs = 1_700_000_000_000 + generation;
  return {
    identity,
    generation,
    specHash: 'sha256:0',
    revision: 'r',
    atMs,
    what: 'created',
    who: '',
    outcome: 'Ready',
  };
}
