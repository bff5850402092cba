import { describe, expect, it } from 'vitest';

import { EMPTY_MEMORY } from '../../src/reconcile/memory.ts';
import { plan } from '../../src/reconcile/plan.ts';
import type { Desired, Memory, ObservedInstance, Plan } from '../../src/reconcile/ports.ts';
import { desiredOf, instance } from '../helpers/desired.ts';

const NOW = 1_000_000;
const served: Memory = {
  ...EMPTY_MEMORY,
  hasRun: true,
  introspected: { instance: 'i1', atMs: NOW },
  readySinceMs: NOW,
};
const failure = { reason: 'StartFailed', message: 'boom', atMs: NOW, terminal: false, runHash: 'r1', generation: 1 };

function summary(p: Plan): string {
  return p.kind === 'act'
    ? p.actions.map(({ kind, why }) => `${kind}:${why.reason}`).join(' ')
    : `${p.kind}:${p.why.reason}`;
}

const cases: [string, Desired | undefined, ObservedInstance[], Memory, number, string][] = [
  ['nothing is wanted and nothing runs', undefined, [], EMPTY_MEMORY, NOW, 'noop:Deleted'],
  ['what nobody wants is stopped', undefined, [instance()], served, NOW, 'stop:Deleted'],
  ['what should run is started', desiredOf(), [], EMPTY_MEMORY, NOW, 'start:NotRunning'],
  ['a new instance is introspected', desiredOf(), [instance()], EMPTY_MEMORY, NOW, 'introspect:Introspecting'],
  [
    'changed lists are read anew',
    desiredOf(),
    [instance()],
    { ...served, introspectWanted: true },
    NOW + 1000,
    'introspect:ListChanged',
  ],
  [
    'but not twice within a second',
    desiredOf(),
    [instance()],
    { ...served, introspectWanted: true },
    NOW + 999,
    'noop:Serving',
  ],
  [
    'what ends is waited for',
    desiredOf({ spec: { enabled: false } }),
    [instance({ phase: 'stopping' })],
    served,
    NOW,
    'wait:Progressing',
  ],
  [
    'also before the start of a service that must not run twice',
    desiredOf({ runHash: 'r2', spec: { rollout: { strategy: 'Recreate', drainSeconds: 30 } } }),
    [instance({ phase: 'stopping' })],
    served,
    NOW,
    'wait:Progressing',
  ],
  [
    'which any other does beside it',
    desiredOf({ runHash: 'r2' }),
    [instance({ phase: 'stopping' })],
    served,
    NOW,
    'start:NotRunning',
  ],
  [
    'and before a halt',
    desiredOf({ blocked: { reason: 'PolicyNotFound', message: 'x' } }),
    [instance({ phase: 'stopping' })],
    served,
    NOW,
    'wait:Progressing',
  ],
  [
    'a leftover that ends does not hold up the right one',
    desiredOf(),
    [instance(), instance({ id: 'i0', runHash: 'r0', phase: 'stopping' })],
    EMPTY_MEMORY,
    NOW,
    'introspect:Introspecting',
  ],
  ['as desired', desiredOf(), [instance()], served, NOW, 'noop:Serving'],
  ['a probe falls due after 30 s and its spread', desiredOf(), [instance()], served, NOW + 36_001, 'probe:Probing'],
  ['no probe before its time', desiredOf(), [instance()], served, NOW + 23_999, 'noop:Serving'],
  ['another run hash starts beside it', desiredOf({ runHash: 'r2' }), [instance()], served, NOW, 'start:NewGeneration'],
  [
    'or after it where there may be one only',
    desiredOf({ runHash: 'r2', spec: { rollout: { strategy: 'Recreate', drainSeconds: 30 } } }),
    [instance()],
    served,
    NOW,
    'stop:NewGeneration start:NewGeneration',
  ],
  ['disabled', desiredOf({ spec: { enabled: false } }), [instance()], served, NOW, 'stop:Stopped'],
  ['disabled and gone', desiredOf({ spec: { enabled: false } }), [], served, NOW, 'noop:Stopped'],
  ['registered only', desiredOf({ spec: { autostart: false } }), [], EMPTY_MEMORY, NOW, 'noop:NotStarted'],
  [
    'suspended is left running',
    desiredOf({ runHash: 'r2', spec: { suspend: true } }),
    [instance()],
    served,
    NOW,
    'noop:Suspended',
  ],
  ['suspended is left stopped', desiredOf({ spec: { suspend: true } }), [], EMPTY_MEMORY, NOW, 'noop:Suspended'],
  [
    'blocked never starts',
    desiredOf({ blocked: { reason: 'PolicyNotFound', message: 'x' } }),
    [],
    EMPTY_MEMORY,
    NOW,
    'halt:PolicyNotFound',
  ],
  [
    'blocked is stopped',
    desiredOf({ blocked: { reason: 'PolicyNotFound', message: 'x' } }),
    [instance()],
    served,
    NOW,
    'stop:PolicyNotFound',
  ],
  [
    'a failure waits',
    desiredOf(),
    [],
    { ...EMPTY_MEMORY, streak: 1, lastFailure: failure },
    NOW + 899,
    'wait:CrashLoopBackOff',
  ],
  ['the wait ends', desiredOf(), [], { ...EMPTY_MEMORY, streak: 1, lastFailure: failure }, NOW + 1100, 'start:Restart'],
  [
    'a new generation does not wait',
    desiredOf({ generation: 2 }),
    [],
    { ...EMPTY_MEMORY, streak: 5, lastFailure: failure },
    NOW,
    'start:Restart',
  ],
  [
    'a terminal failure halts',
    desiredOf(),
    [],
    { ...EMPTY_MEMORY, lastFailure: { ...failure, reason: 'CommandNotFound', terminal: true } },
    NOW + 299_999,
    'halt:CommandNotFound',
  ],
  [
    'and is looked at again after 5 minutes',
    desiredOf(),
    [],
    { ...EMPTY_MEMORY, lastFailure: { ...failure, reason: 'CommandNotFound', terminal: true } },
    NOW + 300_000,
    'start:Restart',
  ],
  [
    'mode never',
    desiredOf({ restartPolicy: { mode: 'never' } }),
    [],
    { ...EMPTY_MEMORY, streak: 1, lastFailure: failure },
    NOW + 9999,
    'halt:Exited',
  ],
  [
    'a clean exit under on-failure',
    desiredOf(),
    [],
    {
      ...EMPTY_MEMORY,
      lastFailure: { ...failure, reason: 'Restart' },
      lastExit: { code: 0, signal: null, atMs: NOW, stderrTail: [] },
    },
    NOW + 9999,
    'halt:Completed',
  ],
  [
    'a clean exit under always',
    desiredOf({ restartPolicy: { mode: 'always' } }),
    [],
    {
      ...EMPTY_MEMORY,
      lastFailure: { ...failure, reason: 'Restart' },
      lastExit: { code: 0, signal: null, atMs: NOW, stderrTail: [] },
    },
    NOW,
    'start:Restart',
  ],
  [
    'quarantine',
    desiredOf(),
    [],
    { ...EMPTY_MEMORY, quarantine: { reason: 'CrashLoop', message: 'x', originHash: 'o1', sinceMs: NOW } },
    NOW,
    'halt:CrashLoop',
  ],
  [
    'an ended instance is forgotten while it waits',
    desiredOf(),
    [instance({ phase: 'exited' })],
    { ...EMPTY_MEMORY, streak: 2, lastFailure: failure },
    NOW,
    'stop:Superseded',
  ],
  [
    'an instance that failed its introspection is stopped',
    desiredOf(),
    [instance()],
    { ...EMPTY_MEMORY, streak: 1, failedInstance: 'i1', lastFailure: failure },
    NOW,
    'stop:Restart',
  ],
  [
    'a leftover beside the right one goes',
    desiredOf(),
    [instance(), instance({ id: 'i0', runHash: 'r0' })],
    served,
    NOW,
    'stop:Superseded',
  ],
  [
    'a handshake in flight is waited for',
    desiredOf(),
    [instance({ phase: 'starting' })],
    EMPTY_MEMORY,
    NOW,
    'wait:Progressing',
  ],
];

describe('plan', () => {
  it.each(cases)('%s', (_name, desired, observed, memory, now, expected) => {
    expect(summary(plan(desired, observed, memory, now))).toBe(expected);
  });

  it('is the same for the same inputs', () => {
    const memory = { ...EMPTY_MEMORY, streak: 3, lastFailure: failure };
    expect(plan(desiredOf(), [], memory, NOW)).toEqual(plan(desiredOf(), [], memory, NOW));
  });
});
