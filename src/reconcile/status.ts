import {
  findCondition,
  type Condition,
  type ConditionType,
  type Health,
  type Lifecycle,
  type Sync,
} from '../shared/condition.ts';
import type { Desired, InterfaceSnapshot, Memory, ObservedInstance, Plan, ServiceStatus, Why } from './ports.ts';
import { because } from './reasons.ts';
import { forbids, overlaps, servingInstance } from './rollout.ts';

export interface StatusInputs {
  readonly desired: Desired;
  readonly observed: readonly ObservedInstance[];
  readonly memory: Memory;
  readonly plan: Plan;
  /** What follows the action in flight, where `plan` is that action's. */
  readonly next?: Plan;
  readonly interface?: InterfaceSnapshot;
  /** The status before, for transition times and observedGeneration. */
  readonly previous?: ServiceStatus;
  readonly now: number;
}

/** The whole status of a service from what is wanted, seen, remembered and planned; pure (reconcile-behaviour §8). */
export function deriveStatus(inputs: StatusInputs): ServiceStatus {
  const { desired: d, observed, memory: m, plan, previous, now } = inputs;
  // A suspended service is left as it is: what runs is what serves, whatever the manifest says meanwhile.
  const serving = servingInstance(observed, m);
  const { suspend } = d.manifest.spec;
  const wantedOne = observed.find((i) => i.phase === 'running' && (i.ref.runHash === d.runHash || suspend));
  const current = suspend ? (serving ?? wantedOne) : wantedOne;
  const shown = current ?? serving;
  const ready = readiness(inputs, current);
  const isSettled = (p: Plan) =>
    p.kind === 'noop' || p.kind === 'halt' || (ready.status === 'True' && p.kind === 'act' && !changes(p));
  const settled = isSettled(plan) && isSettled(inputs.next ?? plan);
  const observedGeneration = settled ? d.generation : (previous?.observedGeneration ?? 0);
  const sync = syncOf(d, plan, observed, serving);
  const wanted: Wanted[] = [
    { type: 'Ready', ...ready },
    {
      type: 'Synced',
      status: sync === 'Synced' ? 'True' : sync === 'OutOfSync' ? 'False' : 'Unknown',
      why:
        d.stale ??
        d.blocked ??
        (sync === 'Synced'
          ? because('Applied', `generation ${String(d.generation)} is in force`)
          : plan.kind === 'act'
            ? whyOf(plan)
            : plan.why),
    },
    { type: 'Healthy', ...healthy(m, ready) },
  ];
  if ((plan.kind === 'act' && changes(plan)) || plan.kind === 'wait')
    wanted.push({
      type: 'Reconciling',
      status: 'True',
      why: m.phase === undefined ? whyOf(plan) : because('Progressing', m.phase),
    });
  if (plan.kind === 'halt') wanted.push({ type: 'Stalled', status: 'True', why: plan.why });
  return {
    observedGeneration,
    observedRevision: settled ? d.origin.revision : (previous?.observedRevision ?? d.origin.revision),
    sync,
    health: healthOf(d, plan, ready, m),
    lifecycle: lifecycleOf(inputs, current, ready.status),
    conditions: wanted.map((w) => transition(w, previous, d.generation, now)),
    ...(shown?.pid === undefined ? {} : { pid: shown.pid }),
    ...(shown === undefined ? {} : { startedAtMs: shown.startedAtMs }),
    restarts: m.restarts,
    ...(m.lastExit === undefined ? {} : { lastExit: m.lastExit }),
    ...((plan.kind === 'wait' || plan.kind === 'halt') && plan.untilMs !== undefined
      ? { nextAttemptAtMs: plan.untilMs }
      : {}),
    ...(m.lastHandledReconcileAtMs === undefined ? {} : { lastHandledReconcileAtMs: m.lastHandledReconcileAtMs }),
    ...(inputs.interface === undefined ? {} : { interface: counts(inputs.interface) }),
  };
}

/** Stops after which the service is as ready as before. */
const QUIET_STOPS: ReadonlySet<string> = new Set(['Superseded', 'Idle']);

interface Wanted {
  readonly type: ConditionType;
  readonly status: Condition['status'];
  readonly why: Why;
}

function readiness(
  { desired: d, memory: m, plan }: StatusInputs,
  current: ObservedInstance | undefined,
): Omit<Wanted, 'type'> {
  const serves =
    current !== undefined &&
    m.introspected?.instance === current.ref.id &&
    m.failedInstance !== current.ref.id &&
    !forbids(d.blocked);
  if (dozes(plan)) return { status: 'True', why: whyOf(plan) };
  if (serves && !stops(plan))
    return { status: 'True', why: because('Serving', 'the server runs and its interface is served') };
  if (working(plan))
    return { status: 'Unknown', why: m.phase === undefined ? plan.why : because('Progressing', m.phase) };
  if (plan.kind === 'act')
    return changes(plan)
      ? { status: 'Unknown', why: m.phase === undefined ? whyOf(plan) : because('Progressing', m.phase) }
      : { status: 'False', why: whyOf(plan) };
  return { status: 'False', why: plan.why };
}

function healthy(m: Memory, ready: Omit<Wanted, 'type'>): Omit<Wanted, 'type'> {
  if (ready.why.reason === 'Completed') return { status: 'Unknown', why: ready.why };
  if (ready.status !== 'True')
    return {
      status: ready.status === 'Unknown' ? 'Unknown' : 'False',
      why: m.lastFailure ?? because('NotProbed', 'it does not run'),
    };
  if (ready.why.reason === 'Idle') return ready;
  if (m.circuit !== undefined) return { status: 'False', why: m.circuit };
  if (m.probe.failures > 0) {
    const { reason = 'ProbeFailed', message = '' } = m.probe;
    return {
      status: 'False',
      why: { reason, message: `${String(m.probe.failures)} probes failed in a row: ${message}` },
    };
  }
  return {
    status: 'True',
    why:
      m.probe.lastAtMs === undefined
        ? because('NotProbed', 'it answered initialize and its lists')
        : because('ProbeSucceeded', 'it answered its last probe'),
  };
}

function syncOf(
  d: Desired,
  plan: Plan,
  observed: readonly ObservedInstance[],
  serving: ObservedInstance | undefined,
): Sync {
  if (d.stale !== undefined || d.blocked !== undefined) return 'OutOfSync';
  // Whatever is waited for: another generation is in force.
  if (serving !== undefined && serving.ref.runHash !== d.runHash) return 'OutOfSync';
  if (plan.kind === 'halt' && (plan.why.reason === 'RolledBack' || plan.why.reason === 'Drifted')) return 'OutOfSync';
  if (plan.kind === 'act') return changes(plan) && whyOf(plan).reason !== 'Restart' ? 'OutOfSync' : 'Synced';
  const drifted =
    d.manifest.spec.suspend &&
    !observed.some((i) => i.phase === 'running' && i.ref.runHash === d.runHash) &&
    d.manifest.spec.enabled &&
    d.manifest.spec.autostart;
  return drifted ? 'OutOfSync' : 'Synced';
}

function healthOf(d: Desired, plan: Plan, ready: Omit<Wanted, 'type'>, m: Memory): Health {
  const { suspend, enabled, autostart } = d.manifest.spec;
  if (suspend || !enabled || !autostart) return 'Suspended';
  if (ready.why.reason === 'Idle') return 'Healthy';
  // Down as its manifest wants it, until somebody starts it again.
  if (ready.why.reason === 'Completed') return 'Suspended';
  if (ready.status === 'True') return m.probe.failures > 0 || m.circuit !== undefined ? 'Degraded' : 'Healthy';
  if (working(plan) || waitsForOthers(plan)) return 'Progressing';
  if (plan.kind === 'wait' || plan.kind === 'halt' || m.lastFailure !== undefined) return 'Degraded';
  return plan.kind === 'act' ? 'Progressing' : 'Missing';
}

function lifecycleOf(
  { desired: d, observed, memory: m, plan }: StatusInputs,
  current: ObservedInstance | undefined,
  ready: Condition['status'],
): Lifecycle {
  if (dozes(plan)) return observed.length > 0 ? 'STOPPING' : 'STOPPED';
  const serving = servingInstance(observed, m);
  if (m.quarantine !== undefined && serving === undefined) return 'QUARANTINED';
  if (working(plan) && observed.some(({ phase }) => phase === 'stopping')) return 'STOPPING';
  if (plan.kind === 'act' && stops(plan) && !starts(plan)) return 'STOPPING';
  if (current !== undefined && ready === 'True') return 'RUNNING';
  if (serving !== undefined && (overlaps(d) || plan.kind === 'halt')) return 'RUNNING';
  const { enabled, autostart } = d.manifest.spec;
  if (!enabled) return 'STOPPED';
  if (!autostart) return 'REGISTERED';
  // To forget an instance that ended by itself starts nothing yet.
  if ((plan.kind === 'act' && changes(plan)) || working(plan) || current !== undefined) return 'STARTING';
  if (plan.kind === 'halt' && plan.why.reason === 'Completed') return 'STOPPED';
  if (m.lastFailure !== undefined && m.lastExit !== undefined && m.lastExit.atMs === m.lastFailure.atMs)
    return 'CRASHED';
  return 'STOPPED';
}

function transition(
  { type, status, why }: Wanted,
  previous: ServiceStatus | undefined,
  generation: number,
  now: number,
): Condition {
  const before = findCondition(previous?.conditions, type);
  const lastTransitionTime = before?.status === status ? before.lastTransitionTime : new Date(now).toISOString();
  return { type, status, reason: why.reason, message: why.message, lastTransitionTime, observedGeneration: generation };
}

function counts(i: InterfaceSnapshot): NonNullable<ServiceStatus['interface']> {
  const { revision, introspectedAtMs, tools, resources, resourceTemplates, prompts } = i;
  return {
    revision,
    introspectedAtMs,
    tools: tools.length,
    resources: resources.length,
    resourceTemplates: resourceTemplates.length,
    prompts: prompts.length,
  };
}

/** True where the plan starts or stops something: a probe or a look at the lists changes nothing. */
function changes(plan: Plan): boolean {
  return (
    starts(plan) || stops(plan) || (plan.kind === 'act' && plan.actions.some((a) => a.why.reason === 'Introspecting'))
  );
}
/** True where it waits for work in flight, not for time to pass. */
function working(plan: Plan): plan is Plan & { kind: 'wait' } {
  return plan.kind === 'wait' && (plan.why.reason === 'Progressing' || plan.why.reason === 'Pending');
}
/** True where it sleeps, or is being put to sleep. */
function dozes(plan: Plan): boolean {
  if (plan.kind !== 'act') return plan.kind === 'noop' && plan.why.reason === 'Idle';
  return plan.actions.every(({ kind, why }) => kind === 'stop' && why.reason === 'Idle');
}
function waitsForOthers(plan: Plan): boolean {
  return plan.kind === 'wait' && plan.why.reason === 'DependencyNotReady';
}
function starts(plan: Plan): boolean {
  return plan.kind === 'act' && plan.actions.some((a) => a.kind === 'start');
}
function stops(plan: Plan): boolean {
  return plan.kind === 'act' && plan.actions.some((a) => a.kind === 'stop' && !QUIET_STOPS.has(a.why.reason));
}
function whyOf(plan: Plan): Why {
  if (plan.kind !== 'act') return plan.why;
  return plan.actions.find((a) => a.kind === 'start')?.why ?? plan.actions[0]?.why ?? because('Progressing', 'working');
}
