import { describe, expect, it } from 'vitest';

import { EMPTY_MEMORY } from '../../src/reconcile/memory.ts';
import type { ServiceRow, Snapshot } from '../../src/reconcile/ports.ts';
import { guardPrune, type PruneInputs } from '../../src/reconcile/prune.ts';
import { serviceManifest } from '../helpers/desired.ts';

function row(identity: string, annotations: Record<string, string> = {}): ServiceRow {
  const manifest = serviceManifest(identity);
  const origin = { source: 'services', revision: 'r', file: `${identity}.yaml`, line: 1, index: 0 };
  return {
    identity,
    firstSeenMs: 0,
    generation: 1,
    specHash: 's',
    memory: EMPTY_MEMORY,
    manifest: { ...manifest, metadata: { ...manifest.metadata, annotations } },
    origin,
  };
}

const snapshot: Snapshot = { source: 'services', revision: 'dir@sha256:9', complete: true, files: [] };

function decide(
  count: number,
  gone: number,
  over: Partial<PruneInputs> = {},
  annotations: Record<string, string> = {},
) {
  const inventory = Array.from({ length: count }, (_, i) => row(`s${String(i)}`, annotations));
  const declared = new Set(inventory.slice(gone).map(({ identity }) => identity));
  return guardPrune({
    inventory,
    declared,
    snapshots: new Map([['services', snapshot]]),
    sources: new Set(['services']),
    declaredSources: new Map(),
    removedByUs: new Set(),
    confirmed: new Map(),
    blocked: new Set(),
    lost: new Map(),
    ...over,
  });
}

describe('prune guard', () => {
  it.each([
    ['one of one', 1, 1, 1],
    ['three of three', 3, 3, 3],
    ['emptying a source of four waits', 4, 4, 0],
    ['half of eight', 8, 4, 4],
    ['more than half of eight waits', 8, 5, 0],
    ['none', 5, 0, 0],
  ])('%s', (_name, count, gone, removed) => {
    const { remove, keep } = decide(count, gone);
    expect(remove).toHaveLength(removed);
    expect(keep.size).toBe(gone - removed);
    if (gone > removed)
      expect([...keep.values()][0]).toMatchObject({
        reason: 'PruneBlocked',
        message: expect.stringContaining('clarityctl prune --confirm dir@sha256:9'),
      });
  });

  it.each([
    ['three of seven, after two of nine', 7, 3, 2, 0],
    ['one of seven, after three of ten', 7, 1, 3, 1],
    ['one of one, after three of four', 1, 1, 3, 0],
    ['three of three, after none', 3, 3, 0, 3],
  ])('counts what went before: %s', (_name, count, gone, lost, removed) => {
    const decision = decide(count, gone, { lost: new Map([['services', lost]]) });
    expect(decision.remove).toHaveLength(removed);
    expect(decision.vanished.get('services') ?? 0).toBe(removed);
  });

  it('lets nothing go that it held back, however large the source has become', () => {
    expect(decide(20, 6, { blocked: new Set(['s0']) }).remove).toEqual([]);
    const confirmed = new Map([['services', 'dir@sha256:9']]);
    const decision = decide(20, 6, { blocked: new Set(['s0']), confirmed });
    expect([decision.remove.length, decision.vanished.size]).toEqual([6, 0]);
  });

  it('lets go what a person confirmed for that revision only', () => {
    expect(decide(10, 10, { confirmed: new Map([['services', 'dir@sha256:9']]) }).remove).toHaveLength(10);
    expect(decide(10, 10, { confirmed: new Map([['services', 'dir@sha256:8']]) }).remove).toHaveLength(0);
  });

  it('does not count what we removed ourselves', () => {
    const removedByUs = new Set(Array.from({ length: 10 }, (_, i) => `s${String(i)}`));
    expect(decide(10, 10, { removedByUs }).remove).toHaveLength(10);
  });

  it('removes nothing because of an incomplete snapshot, and says why', () => {
    const broken: Snapshot = {
      ...snapshot,
      complete: false,
      condition: { reason: 'SourceMissing', message: 'no folder' },
    };
    const { remove, keep } = decide(2, 1, { snapshots: new Map([['services', broken]]) });
    expect(remove).toEqual([]);
    expect(keep.get('s0')?.reason).toBe('SourceMissing');
    expect(decide(2, 1, { snapshots: new Map() }).keep.get('s0')?.reason).toBe('SourceUnavailable');
  });

  it('never removes what is prune: disabled', () => {
    expect(decide(2, 2, {}, { 'clarity.runtime/prune': 'disabled' })).toMatchObject({
      remove: [],
      keep: expect.objectContaining({ size: 2 }),
    });
  });

  it('drops what belonged to a source that is configured no more', () => {
    expect(decide(10, 10, { sources: new Set(['other']) }).remove).toHaveLength(10);
  });
});

describe('prune guard, of a source whose document is gone', () => {
  const gone = (count: number, over: Partial<PruneInputs> = {}, prune = true) => {
    const inventory = Array.from({ length: count }, (_, i) => ({ ...row(`s${String(i)}`), declaredSource: { prune } }));
    const others = { sources: new Set(['flag']), snapshots: new Map([['flag', { ...snapshot, source: 'flag' }]]) };
    return decide(count, count, { ...others, inventory, declared: new Set(), ...over });
  };

  it.each([
    ['few go', 3, {}, 3],
    ['many wait', 4, {}, 0],
    ['many go where a person agreed', 4, { confirmed: new Map([['services', 'services@removed']]) }, 4],
    ['none goes while a source is not read that might declare it', 1, { snapshots: new Map() }, 0],
    ['none goes that is declared again', 1, { declaredSources: new Map([['services', { prune: true }]]) }, 0],
  ])('%s', (_name, count, over, removed) => expect(gone(count, over).remove).toHaveLength(removed));

  it('goes by what that document said of pruning', () => {
    expect([...gone(1, {}, false).keep.values()]).toMatchObject([{ reason: 'PruneDisabled' }]);
  });
});
