import { idleAtMs, sleeps } from './activation.ts';
import { crashDelayMs, spread, TERMINAL_RETRY_MS } from './back-off.ts';
import { reportedDrift } from './drift.ts';
import type { Action, Desired, Memory, ObservedInstance, Plan, Upkeep, Why } from './ports.ts';
import { forbids, inTheWay, overlaps, rolledBack, servingInstance } from './rollout.ts';
import { because } from './reasons.ts';
import { endOf } from './restart-end.ts';

/** A start or stop that nobody waits for any more is looked at again after this. */
const LOOK_MS = 30_000;
/** The least time between two readings of the lists: a server may answer each with another list_changed. */
const LIST_REST_MS = 1000;
/** The least time between two probes that calls in trouble ask for. */
const PROBE_REST_MS = 1000;

/**
 * What to do about one service now: the only place that decides, used by the loop, by `diff` and by `describe`.
 * Level-triggered: looks at desired, observed and memory, never at what event woke it (reconcile-behaviour §0.1).
 * `m` has been through `digest` with the same arguments.
 */
export function plan(d: Desired | undefined, observed: readonly ObservedInstance[], m: Memory, now: number): Plan {
  if (d === undefined) return stopAll(observed, because('Deleted', 'its document is gone'), now);
  const { spec } = d.manifest;
  if (spec.suspend) return { kind: 'noop', why: because('Suspended', 'spec.suspend is true: left as it is') };
  if (!spec.enabled) return stopAll(observed, because('Stopped', 'spec.enabled is false'), now);
  if (!spec.autostart) return stopAll(observed, because('NotStarted', 'spec.autostart is false'), now);
  if (d.blocked !== undefined && forbids(d.blocked))
    return orElse(stopAll(observed, d.blocked, now), { kind: 'halt', why: d.blocked });

  const current = observed.find(
    (i) =>
      i.ref.runHash === d.runHash && (i.phase === 'running' || i.phase === 'starting') && i.ref.id !== m.failedInstance,
  );
  if (current !== undefined) return tend(d, current, observed, m, now);

  const dozes = sleeps(d, m) && observed.length > 0 && observed.every(({ phase }) => phase === 'stopping');
  if (dozes) return { kind: 'noop', why: because('Idle', 'it is put to sleep') };
  const drift = reportedDrift(d, observed, m);
  const kept = overlaps(d) || drift !== undefined ? servingInstance(observed, m) : undefined;
  const there = inTheWay(d, observed);
  const doomed = there.filter((i) => i !== kept);
  const stops = stopAll(doomed, replaceWhy(doomed, d, m), now);
  if (stops.kind === 'wait') return stops;
  const hold = drift ?? holdBack(d, kept, m, now);
  if (hold?.kind === 'halt' && kept !== undefined) return orElse(stops, { ...hold, upkeep: upkeep(d, kept, m) });
  if (hold !== undefined) return orElse(stops, hold);
  if (sleeps(d, m)) return orElse(stops, { kind: 'noop', why: because('Idle', 'it sleeps until somebody calls it') });
  const why = startWhy(there, m);
  return { kind: 'act', actions: [...(stops.kind === 'act' ? stops.actions : []), { kind: 'start', why }] };
}

/** The right instance is up: clear away others, read its interface, probe it. */
function tend(
  d: Desired,
  current: ObservedInstance,
  observed: readonly ObservedInstance[],
  m: Memory,
  now: number,
): Plan {
  // The one that serves goes on until this one has been introspected: then it serves no more.
  const kept = overlaps(d) ? servingInstance(observed, m) : undefined;
  const others = observed.filter((i) => i !== current && i !== kept);
  const leftovers = stopAll(others, because('Superseded', 'an earlier instance is still there'), now);
  if (leftovers.kind === 'act') return leftovers;
  if (current.phase === 'starting')
    return { kind: 'wait', untilMs: now + LOOK_MS, why: because('Progressing', 'waiting for the handshake') };
  const { ref } = current;
  if (m.introspected?.instance !== ref.id)
    return act({ kind: 'introspect', ref, why: because('Introspecting', 'reading its tools, resources and prompts') });
  const next = upkeep(d, current, m);
  if (now >= next.atMs) return act(next.action);
  const idleAt = idleAtMs(d, current, m) ?? Infinity;
  if (now >= idleAt) return act({ kind: 'stop', ref, why: because('Idle', 'nobody has called it for a while') });
  return { kind: 'noop', why: because('Serving', 'as desired'), untilMs: Math.min(next.atMs, idleAt) };
}

/** What is done next for an instance that serves, be it the desired one or the one before. */
function upkeep(d: Desired, { ref }: ObservedInstance, m: Memory): Upkeep {
  const readAtMs = m.introspected?.atMs ?? 0;
  const probeAt = probeAtMs(d, m, readAtMs);
  const rereadAt = m.introspectWanted ? readAtMs + LIST_REST_MS : Infinity;
  return rereadAt <= probeAt
    ? { atMs: rereadAt, action: { kind: 'introspect', ref, why: because('ListChanged', 'its lists are read anew') } }
    : { atMs: probeAt, action: { kind: 'probe', ref, why: because('Probing', 'its health is checked') } };
}

function probeAtMs({ identity, manifest }: Desired, { probe }: Memory, introspectedAtMs: number): number {
  const last = probe.lastAtMs ?? introspectedAtMs;
  if (probe.wanted) return last + PROBE_REST_MS;
  return last + spread(manifest.spec.probe.intervalSeconds * 1000, 0.2, `${identity}:${String(last)}`);
}

/** Why it is not started now although it should run; where `kept` serves on meanwhile, the roll-out has failed. */
function holdBack(d: Desired, kept: ObservedInstance | undefined, m: Memory, now: number): Plan | undefined {
  const hold = obstacle(d, m, now);
  if (kept === undefined || hold === undefined || hold.kind === 'act') return hold;
  // Only a dependency is waited for: it is no fault of this generation.
  return hold.why.reason === 'DependencyNotReady' ? hold : rolledBack(d, m, hold.why, hold.untilMs);
}

/** A blocker, a quarantine, a policy, a failure that repeats, back-off, or a service that it depends on. */
function obstacle(d: Desired, m: Memory, now: number): Plan | undefined {
  if (d.blocked !== undefined) return { kind: 'halt', why: d.blocked };
  const held = afterFailure(d, m, now);
  // One that sleeps is left alone, like one that runs: only its start waits.
  if (held !== undefined || d.awaits === undefined || sleeps(d, m)) return held;
  return { kind: 'wait', untilMs: now + LOOK_MS, why: d.awaits };
}

function afterFailure(d: Desired, m: Memory, now: number): Plan | undefined {
  const { restartPolicy, origin } = d.manifest.spec;
  if (m.quarantine !== undefined) {
    const { quarantineSeconds } = restartPolicy;
    return {
      kind: 'halt',
      why: m.quarantine,
      ...(quarantineSeconds === undefined ? {} : { untilMs: m.quarantine.sinceMs + quarantineSeconds * 1000 }),
    };
  }
  const failure = m.lastFailure;
  if (failure === undefined || failure.generation !== d.generation || failure.runHash !== d.runHash) return undefined;
  if (failure.terminal) {
    const untilMs = failure.atMs + TERMINAL_RETRY_MS;
    return now < untilMs ? { kind: 'halt', why: failure, untilMs } : undefined;
  }
  const ended = endOf(restartPolicy.mode, failure, m.lastExit);
  const policy = `restartPolicy.mode is ${restartPolicy.mode}`;
  if (ended === 'completed')
    return { kind: 'halt', why: because('Completed', `it completed: ${failure.message}; ${policy}`) };
  if (ended === 'exited') return { kind: 'halt', why: because('Exited', `${failure.message}; ${policy}`) };
  const untilMs = failure.atMs + crashDelayMs(origin.type, m.streak, `${d.identity}:${String(failure.atMs)}`);
  if (now >= untilMs) return undefined;
  return {
    kind: 'wait',
    untilMs,
    why: because('CrashLoopBackOff', `${failure.message}; failure ${String(m.streak)} in a row`),
  };
}

function startWhy(observed: readonly ObservedInstance[], m: Memory): Why {
  if (observed.some((i) => isLive(i) && i.ref.id !== m.failedInstance))
    return because('NewGeneration', 'the manifest changed');
  if (m.lastFailure !== undefined) return because('Restart', m.lastFailure.message);
  return m.wanted === undefined ? because('NotRunning', 'it should run') : because('NotRunning', 'somebody calls it');
}

function replaceWhy(observed: readonly ObservedInstance[], d: Desired, m: Memory): Why {
  const live = observed.filter(isLive);
  if (live.length === 0) return because('Superseded', 'forgetting an ended instance');
  if (live.every(({ ref }) => ref.id === m.failedInstance))
    return because('Restart', m.probe.message ?? m.lastFailure?.message ?? 'it failed');
  return because('NewGeneration', `generation ${String(d.generation)} runs something else`);
}

/** Stops what is not being stopped yet; nothing is over before the last of it is gone. */
function stopAll(observed: readonly ObservedInstance[], why: Why, now: number): Plan {
  const actions = observed.filter((i) => i.phase !== 'stopping').map(({ ref }): Action => ({ kind: 'stop', ref, why }));
  if (actions.length > 0) return { kind: 'act', actions };
  if (observed.length === 0) return { kind: 'noop', why };
  return { kind: 'wait', untilMs: now + LOOK_MS, why: because('Progressing', 'waiting for an instance to end') };
}

function act(...actions: Action[]): Plan {
  return { kind: 'act', actions };
}

/** `first` where there is something to do or to wait for, else `second`. */
function orElse(first: Plan, second: Plan): Plan {
  return first.kind === 'noop' ? second : first;
}

function isLive(instance: ObservedInstance): boolean {
  return instance.phase !== 'exited';
}
