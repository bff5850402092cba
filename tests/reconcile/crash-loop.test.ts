import { describe, expect, it } from 'vitest';

import { digest, EMPTY_MEMORY, remember } from '../../src/reconcile/memory.ts';
import { plan } from '../../src/reconcile/plan.ts';
import type { Desired, Memory } from '../../src/reconcile/ports.ts';
import { deriveStatus } from '../../src/reconcile/status.ts';
import { desiredOf, instance } from '../helpers/desired.ts';

const START = 1_000_000;

/** Lets a service crash right after each start; answers the delay before each attempt until it halts. */
function crashUntilHalt(desired: Desired, limit = 20): { delays: number[]; memory: Memory; now: number } {
  let memory: Memory = EMPTY_MEMORY;
  let now = START;
  const delays: number[] = [];
  for (let attempt = 0; attempt < limit; attempt++) {
    const id = `i${String(attempt)}`;
    memory = remember(memory, { kind: 'started', instance: id }, desired, now);
    const dead = instance({
      id,
      phase: 'exited',
      startedAtMs: now,
      lastExit: { code: 1, signal: null, atMs: now + 50, stderrTail: ['no such table'] },
    });
    now += 50;
    memory = digest(memory, desired, [dead], now);
    const next = plan(desired, [], memory, now);
    if (next.kind === 'halt') return { delays, memory, now };
    if (next.kind !== 'wait') throw new Error(`expected a wait, got ${next.kind}`);
    delays.push(next.untilMs - now);
    now = next.untilMs;
  }
  return { delays, memory, now };
}

describe('crash loop', () => {
  it('crash 5× fast: QUARANTINED with stderr tail', () => {
    const desired = desiredOf();
    const { memory, now } = crashUntilHalt(desired);
    const status = deriveStatus({ desired, observed: [], memory, plan: plan(desired, [], memory, now), now });
    expect(status.lifecycle).toBe('QUARANTINED');
    expect(status.conditions.find(({ type }) => type === 'Stalled')).toMatchObject({
      reason: 'CrashLoop',
      message: expect.stringMatching(/failed 5 times.*code 1.*no such table/),
    });
    expect(status.lastExit).toMatchObject({ code: 1, stderrTail: ['no such table'] });
  });

  it('tells of the last run all that its stderr tail holds', () => {
    const tail = Array.from({ length: 20 }, (_, i) => `line ${String(i)}`);
    const desired = desiredOf({ restartPolicy: { maxRestarts: 1 } });
    const lastExit = { code: 1, signal: null, atMs: START, stderrTail: tail };
    const dead = instance({ phase: 'exited', startedAtMs: START, lastExit });
    const { quarantine } = digest(EMPTY_MEMORY, desired, [dead], START);
    const [first = '', ...rest] = (quarantine?.message ?? '').split('\n');
    expect(first).toMatch(/failed 1 time .*code 1; last stderr: line 17 | line 18 | line 19$/);
    expect(rest).toEqual(tail);
  });

  it('doubles from 1 s, within 10 %, and quarantines at maxRestarts', () => {
    const { delays, memory } = crashUntilHalt(desiredOf());
    expect(delays).toHaveLength(4);
    delays.forEach((delay, i) => {
      expect(delay).toBeGreaterThanOrEqual(900 * 2 ** i);
      expect(delay).toBeLessThanOrEqual(1100 * 2 ** i);
    });
    expect(memory.quarantine?.message).toMatch(/failed 5 times \(limit 5 in 60 s\).*code 1.*no such table/);
    expect(memory.restarts).toBe(4);
  });

  it('quarantines nothing that gets Ready between its crashes, unless they fall into one window', () => {
    const desired = desiredOf();
    let memory: Memory = EMPTY_MEMORY;
    let now = START;
    for (let i = 0; i < 20; i++) {
      const id = `i${String(i)}`;
      memory = remember(memory, { kind: 'started', instance: id }, desired, now);
      memory = remember(memory, { kind: 'introspected', instance: id }, desired, now);
      now += 50_000;
      const lastExit = { code: 1, signal: null, atMs: now, stderrTail: [] };
      memory = digest(memory, desired, [instance({ id, phase: 'exited', startedAtMs: now - 50_000, lastExit })], now);
      expect(memory.quarantine).toBeUndefined();
    }
  });

  it('caps the delay at 5 minutes', () => {
    const { delays } = crashUntilHalt(desiredOf({ restartPolicy: { maxRestarts: 0 } }), 15);
    expect(Math.max(...delays)).toBeLessThanOrEqual(330_000);
    expect(delays.at(-1)).toBeGreaterThanOrEqual(270_000);
  });

  it.each([
    ['stop and start', { generation: 3 }, true],
    ['restart', { generation: 2, runHash: 'r2' }, true],
    ['a changed origin', { generation: 2, runHash: 'r2', originHash: 'o2' }, false],
  ])('after %s the quarantine stands: %s', (_name, change, stands) => {
    const { memory, now } = crashUntilHalt(desiredOf());
    const next = desiredOf(change);
    const after = digest(memory, next, [], now);
    expect(plan(next, [], after, now).kind === 'halt').toBe(stands);
  });

  it('is released by the unquarantine annotation once, and by quarantineSeconds', () => {
    const { memory, now } = crashUntilHalt(desiredOf());
    const base = desiredOf();
    const asked: Desired = {
      ...base,
      manifest: {
        ...base.manifest,
        metadata: { ...base.manifest.metadata, annotations: { 'clarity.runtime/unquarantinedAt': 'a' } },
      },
    };
    const released = digest(memory, asked, [], now);
    expect(released.quarantine).toBeUndefined();
    const again: Memory = {
      ...released,
      quarantine: { reason: 'CrashLoop', message: 'x', originHash: 'o1', sinceMs: now },
    };
    expect(digest(again, asked, [], now).quarantine).toBeDefined();
    const timed = desiredOf({ restartPolicy: { quarantineSeconds: 30 } });
    expect(digest(memory, timed, [], now + 29_000).quarantine).toBeDefined();
    expect(digest(memory, timed, [], now + 30_000).quarantine).toBeUndefined();
  });

  it('starts at once after a run of more than 10 s, and forgets after a stable run', () => {
    const desired = desiredOf();
    const exit = { code: 1, signal: null, atMs: START + 10_001, stderrTail: [] };
    const memory = digest(
      EMPTY_MEMORY,
      desired,
      [instance({ phase: 'exited', startedAtMs: START, lastExit: exit })],
      START + 10_001,
    );
    expect(plan(desired, [], memory, START + 10_001).kind).toBe('act');
    const stable: Memory = { ...memory, streak: 3, readySinceMs: START };
    expect(digest(stable, desired, [], START + 60_000)).toMatchObject({ streak: 0, failures: [] });
  });

  it('counts one exit once, and never quarantines a remote', () => {
    const desired = desiredOf();
    const dead = instance({ phase: 'exited', lastExit: { code: 1, signal: null, atMs: 10, stderrTail: [] } });
    const once = digest(EMPTY_MEMORY, desired, [dead], START);
    expect(digest(once, desired, [dead], START)).toBe(once);
    const remote = desiredOf({
      spec: {
        origin: { type: 'remote_mcp', endpoint: 'http://127.0.0.1:1/mcp', transport: 'streamable_http' } as never,
      },
    });
    let memory: Memory = EMPTY_MEMORY;
    for (let i = 0; i < 20; i++)
      memory = remember(
        memory,
        { kind: 'startFailed', why: { reason: 'Unreachable', message: 'refused' }, terminal: false },
        remote,
        START,
      );
    expect(memory.quarantine).toBeUndefined();
    const next = plan(remote, [], memory, START);
    expect(next.kind === 'wait' && next.untilMs - START).toBeLessThanOrEqual(66_000);
  });
});
