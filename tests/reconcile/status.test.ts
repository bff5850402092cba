import { describe, expect, it } from 'vitest';

import { EMPTY_MEMORY } from '../../src/reconcile/memory.ts';
import { plan } from '../../src/reconcile/plan.ts';
import type { Desired, Memory, ObservedInstance, ServiceStatus } from '../../src/reconcile/ports.ts';
import { deriveStatus } from '../../src/reconcile/status.ts';
import { desiredOf, instance } from '../helpers/desired.ts';

const NOW = 1_000_000;
const served: Memory = {
  ...EMPTY_MEMORY,
  hasRun: true,
  introspected: { instance: 'i1', atMs: NOW },
  readySinceMs: NOW,
};
const failure = { reason: 'StartFailed', message: 'boom', atMs: NOW, terminal: false, runHash: 'r1', generation: 1 };

function statusOf(
  desired: Desired,
  observed: ObservedInstance[],
  memory: Memory,
  previous?: ServiceStatus,
  now = NOW,
): ServiceStatus {
  return deriveStatus({
    desired,
    observed,
    memory,
    plan: plan(desired, observed, memory, now),
    now,
    ...(previous && { previous }),
  });
}
const words = (s: ServiceStatus) =>
  [
    s.lifecycle,
    s.health,
    s.sync,
    ...s.conditions.map(({ type, status, reason }) => `${type}=${status}:${reason}`),
  ].join(' ');

const cases: [string, Desired, ObservedInstance[], Memory, string][] = [
  [
    'serving',
    desiredOf(),
    [instance()],
    served,
    'RUNNING Healthy Synced Ready=True:Serving Synced=True:Applied Healthy=True:NotProbed',
  ],
  [
    'about to start',
    desiredOf(),
    [],
    EMPTY_MEMORY,
    'STARTING Progressing OutOfSync Ready=Unknown:NotRunning Synced=False:NotRunning Healthy=Unknown:NotProbed Reconciling=True:NotRunning',
  ],
  [
    'up, lists not read',
    desiredOf(),
    [instance()],
    EMPTY_MEMORY,
    'STARTING Progressing OutOfSync Ready=Unknown:Introspecting Synced=False:Introspecting Healthy=Unknown:NotProbed Reconciling=True:Introspecting',
  ],
  [
    'waiting after a failure',
    desiredOf(),
    [],
    { ...EMPTY_MEMORY, streak: 1, lastFailure: failure },
    'STOPPED Degraded Synced Ready=False:CrashLoopBackOff Synced=True:Applied Healthy=False:StartFailed Reconciling=True:CrashLoopBackOff',
  ],
  [
    'terminal',
    desiredOf(),
    [],
    { ...EMPTY_MEMORY, lastFailure: { ...failure, reason: 'CommandNotFound', terminal: true } },
    'STOPPED Degraded Synced Ready=False:CommandNotFound Synced=True:Applied Healthy=False:CommandNotFound Stalled=True:CommandNotFound',
  ],
  [
    'quarantined',
    desiredOf(),
    [],
    { ...EMPTY_MEMORY, quarantine: { reason: 'CrashLoop', message: 'x', originHash: 'o1', sinceMs: NOW } },
    'QUARANTINED Degraded Synced Ready=False:CrashLoop Synced=True:Applied Healthy=False:NotProbed Stalled=True:CrashLoop',
  ],
  [
    'stopped by wish',
    desiredOf({ spec: { enabled: false } }),
    [],
    served,
    'STOPPED Suspended Synced Ready=False:Stopped Synced=True:Applied Healthy=False:NotProbed',
  ],
  [
    'registered',
    desiredOf({ spec: { autostart: false } }),
    [],
    EMPTY_MEMORY,
    'REGISTERED Suspended Synced Ready=False:NotStarted Synced=True:Applied Healthy=False:NotProbed',
  ],
  [
    'suspended while it runs',
    desiredOf({ spec: { suspend: true } }),
    [instance()],
    served,
    'RUNNING Suspended Synced Ready=True:Serving Synced=True:Applied Healthy=True:NotProbed',
  ],
  [
    'suspended with a change waiting',
    desiredOf({ runHash: 'r2', spec: { suspend: true } }),
    [instance()],
    served,
    'RUNNING Suspended OutOfSync Ready=True:Serving Synced=False:Suspended Healthy=True:NotProbed',
  ],
  [
    'a broken file over a running service',
    desiredOf({ stale: { reason: 'ManifestInvalid', message: 'a.yaml:3:1 x' } }),
    [instance()],
    served,
    'RUNNING Healthy OutOfSync Ready=True:Serving Synced=False:ManifestInvalid Healthy=True:NotProbed',
  ],
  [
    'probes fail',
    desiredOf(),
    [instance()],
    { ...served, probe: { failures: 2, message: 'late', lastAtMs: NOW } },
    'RUNNING Degraded Synced Ready=True:Serving Synced=True:Applied Healthy=False:ProbeFailed',
  ],
];

describe('status', () => {
  it.each(cases)('%s', (_name, desired, observed, memory, expected) => {
    expect(words(statusOf(desired, observed, memory))).toBe(expected);
  });

  it('writes observedGeneration only when the generation is settled', () => {
    const first = statusOf(desiredOf(), [], EMPTY_MEMORY);
    expect(first.observedGeneration).toBe(0);
    const ready = statusOf(desiredOf(), [instance()], served, first);
    expect(ready.observedGeneration).toBe(1);
    const replacing = statusOf(desiredOf({ generation: 2, runHash: 'r2' }), [instance()], served, ready);
    expect(replacing.observedGeneration).toBe(1);
    expect(replacing.conditions.find(({ type }) => type === 'Ready')?.status).toBe('Unknown');
    expect(statusOf(desiredOf({ generation: 2 }), [instance()], served, ready).observedGeneration).toBe(2);
  });

  it('moves lastTransitionTime only when the status flips', () => {
    const before = statusOf(desiredOf(), [instance()], served);
    const later = statusOf(
      desiredOf(),
      [instance()],
      { ...served, probe: { failures: 0, lastAtMs: NOW + 5 } },
      before,
      NOW + 10,
    );
    const ready = (s: ServiceStatus) => s.conditions.find(({ type }) => type === 'Ready')?.lastTransitionTime;
    expect(ready(later)).toBe(ready(before));
    expect(
      ready(statusOf(desiredOf(), [], { ...EMPTY_MEMORY, streak: 1, lastFailure: failure }, before, NOW + 20)),
    ).not.toBe(ready(before));
  });
});
