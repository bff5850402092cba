import type { OriginType, ServiceManifest } from '../manifest/index.ts';
import type { Happening } from '../reconcile/memory.ts';
import type { Action, Desired, InstanceRef, InterfaceSnapshot, Why } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import { DeadlineError, withDeadline } from '../shared/abort.ts';
import { errorMessage } from '../shared/errors.ts';
import { carryOut, type ActDeps } from './act.ts';
import type { Entry } from './entry.ts';
import { Semaphore } from './semaphore.ts';

/** How many starts and introspections of one driver run at once (reconcile-behaviour §4). */
const PARALLEL: Record<OriginType, number> = { local_stdio: 8, remote_mcp: 32, local_wasm: 8 };

/** What a list of actions reports while it runs. */
export interface ActionReport {
  happened(happening: Happening): void;
  interfaceRead(ref: InstanceRef, snapshot: InterfaceSnapshot): void;
  /** A stop ended: undefined, or failed: why. */
  stopEnded(failure: Why | undefined): void;
}

/** Carries out lists of actions, each action under its deadline; whatever goes wrong becomes a report. */
export class ActionRunner {
  readonly #acts: ActDeps;
  readonly #slots: Record<OriginType, Semaphore>;

  constructor(acts: ActDeps) {
    this.#acts = acts;
    this.#slots = {
      local_stdio: new Semaphore(PARALLEL.local_stdio),
      remote_mcp: new Semaphore(PARALLEL.remote_mcp),
      local_wasm: new Semaphore(PARALLEL.local_wasm),
    };
  }

  /** One after another, until one fails or the signal fires. Never rejects. */
  async run(
    { row }: Entry,
    desired: Desired | undefined,
    actions: readonly Action[],
    signal: AbortSignal,
    report: ActionReport,
  ): Promise<void> {
    const slots = this.#slots[row.manifest.spec.origin.type];
    const unwanted = () => signal.aborted;
    let stuck = false;
    for (const action of actions) {
      // Where one does not end, the others still do; but nothing is started in its place.
      if (unwanted() || (stuck && action.kind !== 'stop')) return;
      try {
        // A stop never waits behind starts that hang, and a probe is light.
        const waits = action.kind === 'start' || action.kind === 'introspect';
        const work = () => this.#act(action, row, desired, signal, report);
        if (this.#endsAside(action)) void this.#end(work, report);
        else if (!(await (waits ? slots.run(signal, work) : work()))) return;
      } catch (error) {
        const why = whyNot(error);
        if (action.kind === 'stop') report.stopEnded(why);
        else if (!unwanted()) report.happened(failureOf(action, why));
        if (action.kind !== 'stop') return;
        stuck = true;
      }
    }
  }

  /** What serves no more has time for its last calls: whatever comes next for the service does not wait for them. */
  #endsAside(action: Action): boolean {
    if (action.kind !== 'stop' || action.why.reason !== 'Superseded') return false;
    return this.#acts.driverOf(action.ref)?.connect(action.ref) !== undefined;
  }

  async #end(work: () => Promise<boolean>, report: ActionReport): Promise<void> {
    try {
      await work();
    } catch (error) {
      report.stopEnded(whyNot(error));
    }
  }

  async #act(
    action: Action,
    { identity, manifest }: Entry['row'],
    desired: Desired | undefined,
    signal: AbortSignal,
    report: ActionReport,
  ): Promise<boolean> {
    const phase = (message: string) => report.happened({ kind: 'phase', phase: message });
    if (action.kind === 'introspect') report.happened({ kind: 'introspecting' });
    if (action.kind === 'stop' && action.why.reason === 'Idle') report.happened({ kind: 'dozing' });
    // A stop that has begun is finished: half a stop would leave a process that nobody counts.
    const parent = action.kind === 'stop' ? undefined : signal;
    const timeoutMs = manifest.spec.reconcile.timeoutMs + (action.kind === 'stop' ? allowedMs(manifest) : 0);
    const outcome = await withDeadline(this.#acts.clock, `${action.kind} of ${identity}`, timeoutMs, parent, (inner) =>
      carryOut(action, manifest, desired, this.#acts, inner, phase),
    );
    if (action.kind === 'introspect' && outcome.interface !== undefined)
      report.interfaceRead(action.ref, outcome.interface);
    if (action.kind === 'stop') report.stopEnded(undefined);
    report.happened(outcome.happening);
    return outcome.ok;
  }
}

function whyNot(error: unknown): Why {
  return because(error instanceof DeadlineError ? 'ReconcileTimeout' : 'Internal', errorMessage(error));
}

/** What its manifest lets an end take. */
function allowedMs({ spec }: ServiceManifest): number {
  return (spec.rollout.drainSeconds + spec.stopGraceSeconds) * 1000;
}

/** What it means that an action did not end in time or threw. */
function failureOf(action: Exclude<Action, { kind: 'stop' }>, why: Why): Happening {
  switch (action.kind) {
    case 'start':
      return { kind: 'startFailed', why, terminal: false };
    case 'introspect':
      return { kind: 'introspectFailed', instance: action.ref.id, why };
    case 'probe':
      return { kind: 'probeFailed', instance: action.ref.id, why };
  }
}
