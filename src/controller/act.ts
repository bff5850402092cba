import type { ServiceManifest } from '../manifest/index.ts';
import type { Happening } from '../reconcile/memory.ts';
import type {
  Action,
  Desired,
  Driver,
  InstanceRef,
  InterfaceSnapshot,
  LastExit,
  ServiceLogs,
  Why,
} from '../reconcile/ports.ts';
import { because, type Reason } from '../reconcile/reasons.ts';
import { DeadlineError } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';
import { isJsonObject } from '../shared/json.ts';
import { introspect } from './introspect.ts';
import { probe } from './probe.ts';
import { reasonOf } from './reason-of.ts';

/** What an action needs beside the signal. */
export interface ActDeps {
  readonly clock: Clock;
  readonly logs: ServiceLogs;
  /** The driver that holds an instance. */
  driverOf(ref: InstanceRef): Driver | undefined;
  /** The driver that the desired origin wants. */
  driverFor(desired: Desired): Driver | undefined;
}

export interface Outcome {
  readonly happening: Happening;
  readonly interface?: InterfaceSnapshot;
  /** False ends the list of actions. */
  readonly ok: boolean;
}

const LIST_TIMEOUT_MS = 20_000;
const BY_WISH: ReadonlySet<string> = new Set<Reason>(['Deleted', 'Stopped', 'NotStarted', 'Idle']);
const DRAINING: ReadonlySet<string> = new Set<Reason>(['Superseded', 'NewGeneration', 'Idle']);

/** Carries out one action and says what happened; a failure is an outcome, an abort rejects. */
export async function carryOut(
  action: Action,
  manifest: ServiceManifest,
  desired: Desired | undefined,
  deps: ActDeps,
  signal: AbortSignal,
  phase: (message: string) => void,
): Promise<Outcome> {
  const context = { signal, phase };
  switch (action.kind) {
    case 'stop': {
      phase(`Stopping: ${action.why.message}`);
      await deps.driverOf(action.ref)?.stop(action.ref, { ...context, ...patience(manifest, action.why) });
      const byWish = BY_WISH.has(action.why.reason);
      return { ok: true, happening: { kind: 'stopped', instance: action.ref.id, byWish } };
    }
    case 'start':
      return start(desired, deps, context);
    case 'introspect': {
      phase('Introspecting');
      const upstream = deps.driverOf(action.ref)?.connect(action.ref);
      if (upstream === undefined) return { ok: false, happening: { kind: 'phase', phase: undefined } };
      try {
        const snapshot = await introspect(upstream, deps.clock, LIST_TIMEOUT_MS, signal);
        return { ok: true, interface: snapshot, happening: { kind: 'introspected', instance: action.ref.id } };
      } catch (error) {
        signal.throwIfAborted();
        return {
          ok: false,
          happening: {
            kind: 'introspectFailed',
            instance: action.ref.id,
            why: because('IntrospectFailed', errorMessage(error)),
          },
        };
      }
    }
    case 'probe': {
      const upstream = deps.driverOf(action.ref)?.connect(action.ref);
      if (upstream === undefined || desired === undefined)
        return { ok: false, happening: { kind: 'phase', phase: undefined } };
      const happening = await probe(upstream, desired.manifest.spec.probe, signal);
      return { ok: happening.kind === 'probed', happening };
    }
  }
}

/** What is replaced or put to sleep has time for its last calls; what is to go at somebody's wish, or is broken, has not. */
function patience({ spec }: ServiceManifest, why: Why): { readonly graceMs: number; readonly drainMs?: number } {
  const { stopGraceSeconds, rollout } = spec;
  const drains = DRAINING.has(why.reason);
  return { graceMs: stopGraceSeconds * 1000, ...(drains && { drainMs: rollout.drainSeconds * 1000 }) };
}

async function start(
  desired: Desired | undefined,
  deps: ActDeps,
  context: { signal: AbortSignal; phase: (message: string) => void },
): Promise<Outcome> {
  const driver = desired === undefined ? undefined : deps.driverFor(desired);
  if (desired === undefined || driver === undefined)
    return { ok: false, happening: { kind: 'phase', phase: undefined } };
  context.phase('Starting');
  try {
    const ref = await driver.start(desired, context);
    return { ok: true, happening: { kind: 'started', instance: ref.id } };
  } catch (error) {
    context.signal.throwIfAborted();
    const why = startFailure(error);
    deps.logs.append(desired.identity, 'runtime', `start failed: ${why.message}`);
    const lastExit = exitOf(error);
    return {
      ok: false,
      happening: {
        kind: 'startFailed',
        why,
        terminal: error instanceof ClarityError && error.terminal,
        ...(lastExit === undefined ? {} : { lastExit }),
      },
    };
  }
}

/** Why a driver's start rejected, with a reason of the catalogue. */
export function startFailure(error: unknown): Why {
  if (error instanceof DeadlineError) return because('StartTimeout', error.message);
  return because(reasonOf(error) ?? 'StartFailed', errorMessage(error));
}

/** A driver that saw a process end hands its LastExit on as data. */
function exitOf(error: unknown): LastExit | undefined {
  const data = error instanceof ClarityError ? error.data : undefined;
  return isJsonObject(data) && isJsonObject(data.lastExit) ? (data.lastExit as unknown as LastExit) : undefined;
}
