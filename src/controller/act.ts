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
import { overlaps } from '../reconcile/rollout.ts';
import { DeadlineError } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorMessage, type ErrorCode } from '../shared/errors.ts';
import { isJsonObject } from '../shared/json.ts';
import { RPC, RpcError } from '../shared/json-rpc.ts';
import { introspect } from './introspect.ts';

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

const STOP_GRACE_MS = 10_000;
const LIST_TIMEOUT_MS = 20_000;

/** Carries out one action and says what happened; a failure is an outcome, an abort rejects. */
export async function carryOut(
  action: Action,
  desired: Desired | undefined,
  deps: ActDeps,
  signal: AbortSignal,
  phase: (message: string) => void,
): Promise<Outcome> {
  const context = { signal, phase };
  switch (action.kind) {
    case 'stop': {
      phase(`Stopping: ${action.why.message}`);
      const graceMs = desired === undefined ? STOP_GRACE_MS : graceOf(desired, action);
      await deps.driverOf(action.ref)?.stop(action.ref, { ...context, graceMs });
      const byWish = ['Deleted', 'Stopped', 'NotStarted'].includes(action.why.reason);
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
    case 'probe':
      return probe(action.ref, desired, deps, signal);
  }
}

/** What another instance has replaced has the time of a rollout for its last calls. */
function graceOf(desired: Desired, { why }: Action): number {
  const { stopGraceSeconds, rollout } = desired.manifest.spec;
  return (why.reason === 'Superseded' && overlaps(desired) ? rollout.drainSeconds : stopGraceSeconds) * 1000;
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

async function probe(
  ref: InstanceRef,
  desired: Desired | undefined,
  deps: ActDeps,
  signal: AbortSignal,
): Promise<Outcome> {
  const upstream = deps.driverOf(ref)?.connect(ref);
  if (upstream === undefined || desired === undefined)
    return { ok: false, happening: { kind: 'phase', phase: undefined } };
  try {
    await upstream.request('ping', undefined, { signal, timeoutMs: desired.manifest.spec.probe.timeoutMs });
    return { ok: true, happening: { kind: 'probed' } };
  } catch (error) {
    signal.throwIfAborted();
    // A server without ping answers with an error: it is alive all the same.
    if (error instanceof RpcError && error.code === RPC.methodNotFound)
      return { ok: true, happening: { kind: 'probed' } };
    const timeout = error instanceof RpcError && error.code === RPC.timeout;
    return {
      ok: false,
      happening: {
        kind: 'probeFailed',
        instance: ref.id,
        why: because(timeout ? 'ProbeTimeout' : 'ProbeFailed', errorMessage(error)),
      },
    };
  }
}

const START_REASONS: Partial<Record<ErrorCode, Reason>> = {
  CommandNotFound: 'CommandNotFound',
  SecretNotFound: 'SecretNotFound',
  ImportNotGranted: 'ImportNotGranted',
  ModuleInvalid: 'ModuleInvalid',
  UpstreamUnauthorized: 'Unauthorized',
  UpstreamUnreachable: 'Unreachable',
  UpstreamTimeout: 'StartTimeout',
  HostNotAllowed: 'HostNotAllowed',
};

/** Why a driver's start rejected, with a reason of the catalogue. */
export function startFailure(error: unknown): Why {
  if (error instanceof DeadlineError) return because('StartTimeout', error.message);
  const reason = error instanceof ClarityError ? START_REASONS[error.code] : undefined;
  return because(reason ?? 'StartFailed', errorMessage(error));
}

/** A driver that saw a process end hands its LastExit on as data. */
function exitOf(error: unknown): LastExit | undefined {
  const data = error instanceof ClarityError ? error.data : undefined;
  return isJsonObject(data) && isJsonObject(data.lastExit) ? (data.lastExit as unknown as LastExit) : undefined;
}
