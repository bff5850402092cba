import { expect, it } from 'vitest';

import type { RestartPolicy } from '../../src/manifest/index.ts';
import { digest, EMPTY_MEMORY, remember } from '../../src/reconcile/memory.ts';
import { plan } from '../../src/reconcile/plan.ts';
import { deriveStatus } from '../../src/reconcile/status.ts';
import { desiredOf, instance } from '../helpers/desired.ts';

const NOW = 1_000_000;

/** The status of a service whose run of a second ended with that code, and what was counted. */
function afterExit(restartPolicy: Partial<RestartPolicy>, code: number) {
  const desired = desiredOf({ restartPolicy });
  const started = remember(EMPTY_MEMORY, { kind: 'started', instance: 'i1' }, desired, NOW);
  const lastExit = { code, signal: null, atMs: NOW + 1000, stderrTail: [] };
  const memory = digest(started, desired, [instance({ phase: 'exited', startedAtMs: NOW, lastExit })], NOW + 1000);
  const decided = plan(desired, [], memory, NOW + 1000);
  const status = deriveStatus({ desired, observed: [], memory, plan: decided, now: NOW + 1000 });
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  return { memory, ready, told: [status.lifecycle, status.health, `${ready?.status ?? ''}:${ready?.reason ?? ''}`] };
}

it.each<[RestartPolicy['mode'], number, readonly string[]]>([
  ['never', 0, ['STOPPED', 'Suspended', 'False:Completed']],
  ['on-failure', 0, ['STOPPED', 'Suspended', 'False:Completed']],
  ['always', 0, ['CRASHED', 'Degraded', 'False:CrashLoopBackOff']],
  ['never', 1, ['CRASHED', 'Degraded', 'False:Exited']],
  ['on-failure', 1, ['CRASHED', 'Degraded', 'False:CrashLoopBackOff']],
])('mode %s, ended with code %i: %j', (mode, code, told) => {
  expect(afterExit({ mode }, code).told).toEqual(told);
});

it('says that it completed, and counts nothing towards a quarantine', () => {
  const { ready, memory } = afterExit({ mode: 'on-failure', maxRestarts: 1 }, 0);
  expect(ready?.message).toBe('it completed: ended with code 0; restartPolicy.mode is on-failure');
  expect(memory).toMatchObject({ failures: [], streak: 0 });
  expect(memory.quarantine).toBeUndefined();
});
