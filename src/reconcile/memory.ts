import { ANNOTATIONS } from '../manifest/index.ts';
import { lastLines } from '../shared/last-lines.ts';
import { lastWords } from '../shared/last-words.ts';
import { LONG_RUN_MS, stableAfterMs } from './back-off.ts';
import type { Desired, LastExit, Memory, ObservedInstance, Why } from './ports.ts';
import { because } from './reasons.ts';
import { endOf } from './restart-end.ts';

const MAX_FAILURES = 100;
const REREAD_PROBES = 10;

export const EMPTY_MEMORY: Memory = {
  failures: [],
  streak: 0,
  restarts: 0,
  hasRun: false,
  introspectWanted: false,
  probe: { failures: 0 },
};

/** What an action or the world did to one service. */
export type Happening =
  | { readonly kind: 'started'; readonly instance: string }
  | { readonly kind: 'startFailed'; readonly why: Why; readonly terminal: boolean; readonly lastExit?: LastExit }
  | { readonly kind: 'stopped'; readonly instance: string; readonly byWish: boolean }
  | { readonly kind: 'introspecting' }
  | { readonly kind: 'introspected'; readonly instance: string }
  | { readonly kind: 'introspectFailed'; readonly instance: string; readonly why: Why }
  | { readonly kind: 'introspectWanted' }
  | { readonly kind: 'suspected' }
  | { readonly kind: 'circuit'; readonly why: Why | undefined }
  | { readonly kind: 'wanted' }
  | { readonly kind: 'dozing' }
  | { readonly kind: 'probed'; readonly tellsChanges: boolean }
  | { readonly kind: 'probeFailed'; readonly instance: string; readonly why: Why }
  | { readonly kind: 'phase'; readonly phase: string | undefined }
  | { readonly kind: 'reconcileAsked'; readonly reset: boolean };

/** The next memory; pure, and the same one where nothing is new. A failure that reaches the policy's limit becomes a quarantine here (reconcile-behaviour §5). */
export function remember(m: Memory, happening: Happening, d: Desired | undefined, now: number): Memory {
  switch (happening.kind) {
    case 'started':
      return {
        ...m,
        ...(d && { started: { runHash: d.runHash, generation: d.generation } }),
        restarts: m.restarts + (m.hasRun ? 1 : 0),
        hasRun: true,
        probe: { failures: 0 },
        introspectWanted: false,
      };
    case 'startFailed':
      return failed(
        { ...m, ...(happening.lastExit === undefined ? {} : { lastExit: happening.lastExit }) },
        happening.why,
        happening.terminal,
        d,
        now,
      );
    case 'stopped': {
      const rest = forgetInstance(m, happening.instance);
      return happening.byWish ? { ...rest, hasRun: false } : rest;
    }
    case 'introspecting':
      // Forgotten at the beginning: what changes while the lists are read must be read once more.
      return { ...m, introspectWanted: false };
    case 'introspected': {
      const before = m.introspected?.instance === happening.instance ? m.introspected : undefined;
      if (before !== undefined && isForerunner(m, happening.instance, d))
        return { ...m, introspected: { ...before, firstAtMs: before.firstAtMs ?? before.atMs, atMs: now } };
      const { failedInstance: _failed, unready: _unready, circuit, ...rest } = m;
      return {
        ...rest,
        // A circuit is that of the instance that served: one that takes over begins with its own, closed.
        ...(before !== undefined && circuit !== undefined && { circuit }),
        introspected: {
          instance: happening.instance,
          atMs: now,
          ...(before && { firstAtMs: before.firstAtMs ?? before.atMs }),
          ...(d && { generation: d.generation }),
        },
        ...(d && { known: { runHash: d.runHash } }),
        readySinceMs: m.readySinceMs ?? now,
      };
    }
    case 'introspectFailed':
      // An instance that has served before keeps its last interface; a new one is no use without any.
      if (m.introspected?.instance === happening.instance)
        return { ...m, introspected: { ...m.introspected, atMs: now } };
      if (m.countedExit === happening.instance) return m;
      return failed({ ...m, failedInstance: happening.instance }, happening.why, false, d, now);
    case 'introspectWanted':
      return m.introspectWanted ? m : { ...m, introspectWanted: true };
    case 'suspected':
      return m.probe.wanted ? m : { ...m, probe: { ...m.probe, wanted: true } };
    case 'circuit': {
      const { circuit: _circuit, ...rest } = m;
      return happening.why === undefined ? rest : { ...rest, circuit: happening.why };
    }
    case 'wanted':
      return { ...m, wanted: { atMs: now } };
    case 'dozing': {
      // Forgotten at the beginning: whoever calls while it is being stopped wakes it once more.
      const { wanted: _wanted, lastFailure: _failure, ...rest } = m;
      // A run that ends in sleep ended well. Crashes still count inside of their window.
      return { ...rest, streak: 0 };
    }
    case 'probed':
      return probed(m, happening.tellsChanges, now);
    case 'probeFailed':
      return probeFailed(m, happening.instance, happening.why, d, now);
    case 'phase': {
      const { phase: _phase, ...rest } = m;
      return happening.phase === undefined ? rest : { ...rest, phase: happening.phase };
    }
    case 'reconcileAsked':
      return asked({ ...m, lastHandledReconcileAtMs: now }, happening.reset);
  }
}

/** What was known of an instance that is gone; what is known of another that took its place stays. */
function forgetInstance(m: Memory, instance: string): Memory {
  const { failedInstance, ...rest } = m;
  const kept: Memory = failedInstance === undefined || failedInstance === instance ? rest : { ...rest, failedInstance };
  if (kept.introspected !== undefined && kept.introspected.instance !== instance) return kept;
  const { readySinceMs: _ready, introspected: _introspected, ...forgotten } = kept;
  return forgotten;
}

/** Counts an exit that nobody asked for, forgets failures after a stable run, and lifts a quarantine that no longer holds. */
export function digest(m: Memory, d: Desired | undefined, observed: readonly ObservedInstance[], now: number): Memory {
  let next = d === undefined ? m : inForce(release(forgetOldFailures(m, d, now), d, now), d);
  for (const { ref, phase, lastExit, startedAtMs } of observed) {
    if (phase !== 'exited' || lastExit === undefined || next.countedExit === ref.id) continue;
    const ranLong = lastExit.atMs - startedAtMs > LONG_RUN_MS;
    const { readySinceMs: _ready, introspected: _introspected, ...rest } = next;
    const alreadyFailed = next.failedInstance === ref.id;
    next = { ...rest, countedExit: ref.id, lastExit };
    if (d?.runHash === ref.runHash && !alreadyFailed)
      next = failed(next, exitWhy(lastExit), false, d, lastExit.atMs, ranLong);
  }
  return next;
}

/** A generation that runs what was started before it has begun with that: only what differs from there on is drift. */
function inForce(m: Memory, { runHash, generation }: Desired): Memory {
  if (m.started?.runHash !== runHash || m.started.generation === generation) return m;
  return { ...m, started: { runHash, generation } };
}

function exitWhy(exit: LastExit): Why {
  if (exit.error !== undefined) return exit.error;
  const how = exit.signal === null ? `with code ${String(exit.code ?? '?')}` : `by ${exit.signal}`;
  const words = lastWords(exit.stderrTail);
  const tail = words === '' ? '' : `; last stderr: ${words}`;
  return because('Restart', `ended ${how}${tail}`);
}

/** What the process said at last, line by line; empty where it is no news: its exit is that of an earlier failure, or the sentence holds all. */
function tailOf({ lastExit, lastFailure }: Memory, said: string): string {
  if (lastExit === undefined || lastExit.atMs <= (lastFailure?.atMs ?? -Infinity)) return '';
  const lines = lastLines(lastExit.stderrTail);
  return lines.every((line) => said.includes(line)) ? '' : `\n${lines.join('\n')}`;
}

function failed(m: Memory, why: Why, terminal: boolean, d: Desired | undefined, now: number, free = false): Memory {
  if (d === undefined) return m;
  const { maxRestarts, windowSeconds, mode } = d.manifest.spec.restartPolicy;
  const lastFailure = { ...why, atMs: now, terminal, runHash: d.runHash, generation: d.generation };
  // One that may complete has not failed: nothing is counted.
  if (endOf(mode, lastFailure, m.lastExit) === 'completed') return { ...withoutReady(m), lastFailure };
  const failures = [...m.failures, now].filter((at) => at > now - windowSeconds * 1000).slice(-MAX_FAILURES);
  // The first restart after a long run is free of delay, but it counts towards the window.
  const streak = free && m.streak === 0 ? 0 : m.streak + 1;
  const next: Memory = { ...withoutReady(m), failures, streak, unready: (m.unready ?? 0) + 1, lastFailure };
  const local = d.manifest.spec.origin.type !== 'remote_mcp';
  if (!local || terminal || mode === 'never' || maxRestarts === 0) return next;
  const inARow = next.unready ?? 0;
  if (failures.length < maxRestarts && inARow < maxRestarts) return next;
  const count = Math.max(failures.length, inARow);
  const message = `failed ${String(count)} time${count === 1 ? '' : 's'} (limit ${String(maxRestarts)} in ${String(windowSeconds)} s): ${why.message}${tailOf(m, why.message)}`;
  return { ...next, quarantine: { ...because('CrashLoop', message), originHash: d.originHash, sinceMs: now } };
}

function withoutReady({ readySinceMs: _ready, ...rest }: Memory): Memory {
  return rest;
}

/** A server that does not tell when its lists change is asked for them with every tenth probe (manifest.md, probe). */
function probed(m: Memory, tellsChanges: boolean, now: number): Memory {
  const count = tellsChanges ? 0 : (m.probe.count ?? 0) + 1;
  const reread = count >= REREAD_PROBES;
  return {
    ...m,
    probe: { lastAtMs: now, failures: 0, ...(count > 0 && !reread && { count }) },
    introspectWanted: m.introspectWanted || reread,
  };
}

function probeFailed(m: Memory, instance: string, why: Why, d: Desired | undefined, now: number): Memory {
  if (m.countedExit === instance) return m;
  const failures = m.probe.failures + 1;
  const next: Memory = { ...m, probe: { lastAtMs: now, failures, ...why } };
  if (d === undefined || failures < d.manifest.spec.probe.failureThreshold) return next;
  // No fault of the generation that is wanted now.
  if (isForerunner(m, instance, d)) return { ...next, failedInstance: instance };
  return failed({ ...next, failedInstance: instance }, why, false, d, now);
}

/** True of the instance that serves while the one that is wanted now cannot. */
function isForerunner({ introspected, known }: Memory, instance: string, d: Desired | undefined): boolean {
  return introspected?.instance === instance && known !== undefined && known.runHash !== d?.runHash;
}

function forgetOldFailures(m: Memory, d: Desired, now: number): Memory {
  const stable = m.readySinceMs !== undefined && now - m.readySinceMs >= stableAfterMs(d.manifest.spec.restartPolicy);
  if (m.lastFailure === undefined || (m.lastFailure.runHash === d.runHash && !stable)) return m;
  const { lastFailure: _failure, unready: _unready, ...rest } = m;
  return { ...rest, failures: [], streak: 0 };
}

/**
 * Lifts a quarantine that no longer holds. A person's word (unquarantine) also clears what was counted towards the next one, and the back-off,
 * where there is no quarantine yet: as `systemctl reset-failed` does. What completed or is not to be started again stays down.
 */
function release(m: Memory, d: Desired, now: number): Memory {
  const asked = d.manifest.metadata.annotations[ANNOTATIONS.unquarantinedAt];
  const isAsked = asked !== undefined && asked !== m.handledUnquarantineAt;
  if (!isAsked && !isOver(m.quarantine, d, now)) return m;
  const { quarantine, lastFailure, unready: _unready, ...rest } = m;
  const cleared: Memory = { ...rest, failures: [], streak: 0, ...(isAsked && { handledUnquarantineAt: asked }) };
  const { mode } = d.manifest.spec.restartPolicy;
  const ended = lastFailure === undefined ? undefined : endOf(mode, lastFailure, m.lastExit);
  const stays = quarantine === undefined && ended !== undefined;
  return lastFailure !== undefined && stays ? { ...cleared, lastFailure } : cleared;
}

/** True of a quarantine for another origin than the one that is wanted, or whose time is up. */
function isOver(quarantine: Memory['quarantine'], d: Desired, now: number): boolean {
  if (quarantine === undefined) return false;
  const { quarantineSeconds } = d.manifest.spec.restartPolicy;
  const expired = quarantineSeconds !== undefined && now - quarantine.sinceMs >= quarantineSeconds * 1000;
  return expired || quarantine.originHash !== d.originHash;
}

/** `reconcile` tries a terminal failure again; `--reset` also clears the back-off. A quarantine stays. */
function asked(m: Memory, reset: boolean): Memory {
  if (m.lastFailure === undefined || !(reset || m.lastFailure.terminal)) return m;
  const { lastFailure: _failure, ...rest } = m;
  return reset ? { ...rest, streak: 0 } : rest;
}
