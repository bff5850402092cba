import { describe, expect, it } from 'vitest';

import { digest, EMPTY_MEMORY } from '../../src/reconcile/memory.ts';
import { plan } from '../../src/reconcile/plan.ts';
import type { Desired, Memory } from '../../src/reconcile/ports.ts';
import { desiredOf } from '../helpers/desired.ts';

const NOW = 1_000_000;
const failure = { reason: 'Restart', message: 'ended', atMs: NOW, terminal: false, runHash: 'r1', generation: 1 };
const FAILING: Memory = { ...EMPTY_MEMORY, failures: [NOW, NOW, NOW], streak: 3, unready: 3, lastFailure: failure };

/** As unquarantine leaves its manifest. */
function asked(desired: Desired = desiredOf()): Desired {
  const { manifest } = desired;
  const metadata = { ...manifest.metadata, annotations: { 'clarity.runtime/unquarantinedAt': 'now' } };
  return { ...desired, manifest: { ...manifest, metadata } };
}

describe('unquarantine of a service that is not quarantined', () => {
  it('forgets the failures and the back-off, once', () => {
    expect(plan(desiredOf(), [], FAILING, NOW).kind).toBe('wait');
    const cleared = digest(FAILING, asked(), [], NOW);
    expect(cleared).toMatchObject({ failures: [], streak: 0 });
    expect(cleared.unready ?? cleared.lastFailure).toBeUndefined();
    expect(plan(asked(), [], cleared, NOW).kind).toBe('act');
    const again = { ...FAILING, handledUnquarantineAt: 'now' };
    expect(digest(again, asked(), [], NOW)).toBe(again);
  });

  it('starts nothing that completed', () => {
    const exit = { code: 0, signal: null, atMs: NOW, stderrTail: [] };
    const cleared = digest({ ...FAILING, lastExit: exit }, asked(), [], NOW);
    expect(plan(asked(), [], cleared, NOW)).toMatchObject({ kind: 'halt', why: { reason: 'Completed' } });
    expect(cleared.failures).toEqual([]);
  });
});
