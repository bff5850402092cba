import { introspect } from '../controller/introspect.ts';
import { Semaphore } from '../controller/semaphore.ts';
import type { OriginType } from '../manifest/index.ts';
import type { Desired, Driver, EventSink, Identity, InterfaceSnapshot, ServiceLogs } from '../reconcile/ports.ts';
import { withDeadline } from '../shared/abort.ts';
import type { Clock } from '../shared/clock.ts';
import { ClarityError, errorMessage } from '../shared/errors.ts';

export interface CandidatesDeps {
  readonly clock: Clock;
  readonly drivers: ReadonlyMap<OriginType, Driver>;
  readonly events: EventSink;
}

/** Candidates that run at once; further ones wait. */
const PARALLEL = 4;
/** Nobody calls a candidate: it has nothing to finish. */
const GRACE_MS = 2000;
const STOP_MS = 30_000;
/** In no name of a service (manifest.md, metadata.name): the reconciler never sees, adopts or restarts a candidate. */
const MARK = '~candidate-';

/** Instances that are started aside to see what they would serve, and always stopped again. */
export class Candidates {
  readonly #deps: CandidatesDeps;
  readonly #slots = new Semaphore(PARALLEL);
  #count = 0;

  constructor(deps: CandidatesDeps) {
    this.#deps = deps;
  }

  /**
   * The interface of what `desired` would run, read within its startTimeoutMs. Rejects as the driver's start and `introspect` do, with a
   * DeadlineError, or with the signal's reason; in each case, and after the answer, nothing of it runs any more.
   */
  introspect(desired: Desired, signal: AbortSignal): Promise<InterfaceSnapshot> {
    return this.#slots.run(signal, () => this.#introspect(desired, signal));
  }

  async #introspect(desired: Desired, signal: AbortSignal): Promise<InterfaceSnapshot> {
    const { clock, drivers } = this.#deps;
    const { origin, startTimeoutMs } = desired.manifest.spec;
    const driver = drivers.get(origin.type);
    if (driver === undefined) throw new ClarityError('Internal', `there is no driver for ${origin.type}`);
    // A name of its own each time: a driver starts nothing twice for one name and runHash, and who ends first would end both.
    const identity = `${desired.identity}${MARK}${String(++this.#count)}`;
    try {
      return await withDeadline(clock, 'the start of the candidate', startTimeoutMs, signal, async (inner) => {
        const ref = await driver.start({ ...desired, identity }, { signal: inner, phase: () => undefined });
        const upstream = driver.connect(ref);
        if (upstream === undefined) throw new ClarityError('StartFailed', 'it ended as soon as it had started');
        return introspect(upstream, clock, startTimeoutMs, inner);
      });
    } finally {
      await this.#end(driver, identity);
    }
  }

  /** Also what was still starting. A failure is no answer to who asked: it is an event, and the driver ends the rest with the daemon. */
  async #end(driver: Driver, identity: Identity): Promise<void> {
    const { clock, events } = this.#deps;
    try {
      for (const { ref } of driver.observe(identity))
        await withDeadline(clock, 'the stop of the candidate', STOP_MS, undefined, (signal) =>
          driver.stop(ref, { signal, phase: () => undefined, graceMs: GRACE_MS }),
        );
    } catch (error) {
      const message = `${identity}: ${errorMessage(error)}`;
      events.emit({ kind: 'candidate.stop_failed', level: 'error', reason: 'Internal', message });
    }
  }
}

/** The logs as drivers get them: what a candidate writes is kept nowhere, as it has no service. */
export function withoutCandidates(logs: ServiceLogs): ServiceLogs {
  return {
    tail: (identity, limit) => logs.tail(identity, limit),
    follow: (identity, listener) => logs.follow(identity, listener),
    append: (identity, stream, text) => {
      if (!identity.includes(MARK)) logs.append(identity, stream, text);
    },
  };
}
