import { resolve } from 'node:path';
import type { RefreshHint, Why } from '../../reconcile/ports.ts';
import type { Clock } from '../../shared/clock.ts';
import { pause } from '../../shared/pause.ts';
import { documentKey, type Holdings } from './holdings.ts';
import type { Intervals } from './intervals.ts';
import type { Look, Looker, SettledLook } from './look.ts';
import type { PassRequest } from '../pass-loop.ts';

/** What one pass came to; the documents are in the holdings. */
export interface Finding {
  readonly complete: boolean;
  readonly condition?: Why;
  /** When the folder wants to be looked at again, signal or not. */
  readonly againMs: number;
  /** A file differs from the pass before. */
  readonly changed: boolean;
  readonly scanMs: number;
  readonly identity?: string | undefined;
}

type Conclusion = Omit<Finding, 'changed' | 'scanMs'>;

interface ProtocolParts {
  readonly root: string;
  readonly workspace: string;
  readonly clock: Clock;
  readonly intervals: Intervals;
  readonly looker: Looker;
  readonly holdings: Holdings;
}

/** The order of one pass: look until git and the files hold still, then take in what was seen, or say why not (reconcile-behaviour §6.3). */
export class Protocol {
  readonly #parts: ProtocolParts;
  /** The folder that supplied the holdings. */
  #identity: string | undefined;
  #busySinceMs: number | undefined;
  #isFirst = true;
  /** Keys that a writer of ours took away, until a look has taken them in. */
  #announced = new Set<string>();

  constructor(parts: ProtocolParts) {
    this.#parts = parts;
  }

  async run({ hints, deadlineMs, signal }: PassRequest): Promise<Finding> {
    const { clock, intervals, looker, holdings, workspace } = this.#parts;
    for (const hint of hints) for (const removed of hint.removed ?? []) this.#announced.add(documentKey(removed));
    const written = writtenFiles(hints, workspace);
    const known = (path: string) => holdings.known(path);
    let changed = false;
    let patientUntilMs = deadlineMs;
    for (;;) {
      const look = await looker.look({ known, written, final: clock.now() >= patientUntilMs });
      signal.throwIfAborted();
      changed ||= looker.changed;
      let waitMs = this.#waits(look);
      if (waitMs === undefined) {
        const conclusion = this.#conclude(look);
        // What went while no daemon ran is missed twice before anything is said: said to be there, it would be started for a second.
        const misses = this.#isFirst && conclusion.complete && holdings.waiting;
        this.#isFirst = false;
        if (!misses) return { ...conclusion, changed, scanMs: looker.scanMs };
        waitMs = conclusion.againMs;
      }
      // Under git's lock nobody's patience runs out.
      if (look.kind === 'busy') patientUntilMs = Math.max(patientUntilMs, clock.now() + intervals.maxWaitMs);
      await pause(clock, waitMs, signal);
      signal.throwIfAborted();
    }
  }

  /** How long to wait before the next look of this pass; undefined where this look decides. */
  #waits(look: Look): number | undefined {
    const { clock, intervals } = this.#parts;
    if (look.kind !== 'busy') this.#busySinceMs = undefined;
    // A doubtful file may be finished any moment, so it is looked at again before its time is over.
    if (look.kind === 'restless') return Math.min(look.waitMs, intervals.stableMs);
    if (look.kind !== 'busy') return undefined;
    this.#busySinceMs ??= clock.now();
    return clock.now() - this.#busySinceMs < intervals.busyMs ? intervals.lockPollMs : undefined;
  }

  #conclude(look: Look): Conclusion {
    const { intervals, holdings } = this.#parts;
    if (look.kind === 'settled' && !this.#isEmptyStandIn(look)) return this.#accept(look);
    holdings.restore();
    if (look.kind === 'busy') {
      const condition = { reason: 'SourceBusy', message: `git is at work: ${look.lock} exists; waiting for it to go` };
      return { complete: false, condition, againMs: intervals.lockPollMs };
    }
    const condition =
      look.kind === 'trouble'
        ? look.why
        : {
            reason: 'SourceMissing',
            message: `${this.#parts.root} was replaced by an empty folder; what it supplied keeps running`,
          };
    return { complete: false, condition, againMs: intervals.pollMs };
  }

  /** An empty folder in the place of one that had manifests (an unmounted volume, a wiped checkout) proves nothing. */
  #isEmptyStandIn(look: SettledLook): boolean {
    return look.paths.length === 0 && !this.#parts.holdings.empty && look.identity !== this.#identity;
  }

  #accept(look: SettledLook): Conclusion {
    const { clock, intervals, holdings } = this.#parts;
    const { identity, merging, restless, trouble } = look;
    const whole = trouble === undefined && restless.length === 0;
    if (!whole || merging) holdings.restore();
    holdings.accept(look, this.#announced, whole && !merging, clock.now());
    this.#identity = identity;
    this.#announced = new Set();
    const condition = trouble ?? unquiet(restless) ?? (merging && holdings.waiting ? MERGING : undefined);
    if (condition !== undefined)
      return { complete: false, condition, identity, againMs: whole ? intervals.pollMs : intervals.quietMs };
    return { complete: true, identity, againMs: holdings.waiting ? intervals.confirmMs : intervals.rescanMs };
  }
}

const MERGING: Why = {
  reason: 'SourceBusy',
  message:
    'a merge or rebase is under way in this work tree: documents that are missing meanwhile are kept until it ends',
};

function unquiet([first, ...others]: readonly string[]): Why | undefined {
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  return { reason: 'SourceBusy', message: `${first}${more} did not hold still; the version before stays in force` };
}

function writtenFiles(hints: readonly RefreshHint[], workspace: string): ReadonlyMap<string, string> {
  const written = hints.flatMap((hint) => hint.written ?? []);
  return new Map(written.map(({ file, contentHash }) => [resolve(workspace, file), contentHash]));
}
