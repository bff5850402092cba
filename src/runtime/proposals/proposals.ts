import type { EventSink, ProposalStore, Unsubscribe } from '../../reconcile/ports.ts';
import { withDeadline } from '../../shared/abort.ts';
import type { Cancel, Clock } from '../../shared/clock.ts';
import { ClarityError, errorMessage } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { PlannedChange, Proposal, ProposalService, ProposalState, WantedChange } from '../types.ts';
import { announce } from './announce.ts';
import { KEEP } from './keep.ts';
import { Ledger } from './ledger.ts';
import { planHash } from './plan-hash.ts';
import { standingOf, whyOutdated } from './standing.ts';
import { seen, type StoredProposal } from './stored-proposal.ts';
import { planWanted, refuseUnwritable, writeWanted, type PlansAndWrites } from './wanted.ts';

export interface ProposalsDeps {
  readonly clock: Clock;
  readonly runtime: PlansAndWrites;
  readonly store: ProposalStore;
  readonly events: EventSink;
  readonly logger: Pick<Logger, 'warn'>;
}

const DAY_MS = 86_400_000;
/** How long one waits (issue 7, provisioning). */
const EXPIRES_MS = 7 * DAY_MS;
/** Looking at the time fails only with the store; it is not tried more often. */
const LOOK_AGAIN_MS = 60_000;
/** Planning may compile. */
const PLAN_MS = 60_000;
const MAX_NAME = 120;
const MAX_WHY = 500;
/** Who decides where no person does. */
const RUNTIME = 'clarityd';

/**
 * Changes that wait for a person. Decisions are taken one after the other, and each is kept before it is told. That somebody agreed is kept
 * before anything is written, so that the next daemon finishes, or fails, what one that was killed meanwhile left behind.
 */
export class Proposals implements ProposalService {
  readonly #deps: ProposalsDeps;
  readonly #ledger: Ledger;
  readonly #listeners = new Set<(proposal: Proposal) => void>();
  /** Ends each `decided` that waits. */
  readonly #waits = new Set<() => void>();
  readonly #end = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #timer: Cancel | undefined;

  constructor(deps: ProposalsDeps) {
    this.#deps = deps;
    this.#ledger = new Ledger(deps.store);
  }

  /** Finishes what an earlier daemon left half done, and begins to watch the time. Call it when the sources have been read. */
  start(): void {
    for (const { id, agreed } of this.#ledger.waiting)
      if (agreed !== undefined) this.#inBackground(() => this.#finish(this.#ledger.find(id)));
    this.#watch();
  }

  /** Ends the timer and whoever waits; resolves when nothing is planned or written any more. */
  async close(): Promise<void> {
    this.#end.abort(new ClarityError('NotReady', 'the daemon is shutting down'));
    this.#timer?.();
    for (const end of [...this.#waits]) end();
    await this.#turn;
  }

  async propose(request: { change: WantedChange; by: string; tool: string }): Promise<Proposal> {
    const { change } = request;
    const asker = { by: oneLine(request.by, MAX_NAME), tool: oneLine(request.tool, MAX_NAME) };
    const plan = await this.#plan(change);
    refuseUnwritable(plan);
    const asked = { change, plan, planHash: planHash(change, plan), ...asker };
    return this.#inTurn(() => this.#take(asked));
  }

  list(): readonly Proposal[] {
    return this.#ledger.all.map(seen).reverse();
  }

  get(id: string): Proposal {
    return seen(this.#ledger.find(id));
  }

  approve(id: string, decision: { planHash: string; by: string }): Promise<Proposal> {
    return this.#inTurn(async () => {
      const isOf = (one: StoredProposal) => one.planHash === decision.planHash;
      const proposal = await this.#open(id, (one) => one.state === 'approved' && isOf(one));
      if (proposal.state === 'approved') return seen(proposal);
      if (!isOf(proposal)) throw new ClarityError('Conflict', `${id} is a proposal of another plan: look at it again`);
      if (proposal.agreed !== undefined) return this.#finish(proposal);
      const outdated = await whyOutdated(proposal, (change) => this.#plan(change));
      if (outdated !== undefined) {
        await this.#decide(proposal, 'outdated', { by: RUNTIME, why: outdated });
        throw new ClarityError('Conflict', `${id} is outdated, nothing was written: ${outdated}`);
      }
      const agreed = { by: oneLine(decision.by, MAX_NAME), atMs: this.#deps.clock.now() };
      const begun = { ...proposal, agreed };
      await this.#ledger.save(begun);
      return this.#write(begun);
    });
  }

  reject(id: string, { by, why }: { by: string; why?: string }): Promise<Proposal> {
    return this.#inTurn(async () => {
      const proposal = await this.#open(id, ({ state }) => state === 'rejected');
      if (proposal.state === 'rejected') return seen(proposal);
      if (proposal.agreed !== undefined) throw new ClarityError('Conflict', `${id} has been approved already`);
      const reason = why === undefined ? {} : { why: oneLine(why, MAX_WHY) };
      return this.#decide(proposal, 'rejected', { by: oneLine(by, MAX_NAME), ...reason });
    });
  }

  async decided(id: string, signal: AbortSignal): Promise<Proposal> {
    const proposal = this.get(id);
    if (proposal.state !== 'waiting' || signal.aborted || this.#end.signal.aborted) return proposal;
    return new Promise((resolve) => {
      let now = proposal;
      const end = () => {
        stop();
        signal.removeEventListener('abort', end);
        this.#waits.delete(end);
        resolve(now);
      };
      const stop = this.onChange((changed) => {
        if (changed.id !== id || changed.state === 'waiting') return;
        now = changed;
        end();
      });
      signal.addEventListener('abort', end, { once: true });
      this.#waits.add(end);
    });
  }

  onChange(listener: (proposal: Proposal) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #take(asked: Pick<Proposal, 'change' | 'plan' | 'planHash' | 'by' | 'tool'>): Promise<Proposal> {
    await this.#expire();
    const { all, waiting } = this.#ledger;
    const { planHash: hash, by, tool, plan } = asked;
    // Who asks again before a person has answered, or for what is so already, is told of the same proposal.
    const same = all.find(
      (one) =>
        one.planHash === hash &&
        one.by === by &&
        one.tool === tool &&
        (one.state === 'waiting' || (one.decision?.by === RUNTIME && one.state === 'approved')),
    );
    if (same !== undefined) return seen(same);
    if (waiting.length >= KEEP.waiting)
      throw new ClarityError('TooManyRequests', `${String(KEEP.waiting)} proposals wait for a person already`, {
        data: { retryAfterSeconds: 60 },
      });
    const now = this.#deps.clock.now();
    const times = { createdAtMs: now, expiresAtMs: now + EXPIRES_MS };
    const proposal: StoredProposal = { id: this.#ledger.newId(), state: 'waiting', ...asked, ...times };
    // There is nothing to agree to.
    if (plan.every(({ outcome }) => outcome === 'unchanged'))
      return this.#decide(proposal, 'approved', { by: RUNTIME, why: 'it is so already' });
    return this.#tell(proposal);
  }

  /** What somebody agreed to before an earlier attempt was cut off. What a text of several documents has done already is not done again. */
  async #finish(proposal: StoredProposal): Promise<Proposal> {
    const standing = await standingOf(proposal, (change) => this.#plan(change));
    if (standing === 'done') return this.#decide(proposal, 'approved', agreedOf(proposal));
    if (standing === 'as shown') return this.#write(proposal);
    const why = 'the daemon ended while it was written, and by now it would do something else';
    return this.#decide(proposal, 'failed', { ...agreedOf(proposal), why });
  }

  async #write(proposal: StoredProposal): Promise<Proposal> {
    try {
      await writeWanted(this.#deps.runtime, proposal.change);
    } catch (error) {
      // The file may be written all the same: its source was only too slow to look.
      if ((await standingOf(proposal, (change) => this.#plan(change))) !== 'done') {
        const why = oneLine(errorMessage(error), MAX_WHY);
        await this.#decide(proposal, 'failed', { ...agreedOf(proposal), why });
        throw error;
      }
    }
    return this.#decide(proposal, 'approved', agreedOf(proposal));
  }

  #plan(change: WantedChange): Promise<readonly PlannedChange[]> {
    const { clock, runtime } = this.#deps;
    return withDeadline(clock, 'planning the change', PLAN_MS, this.#end.signal, (signal) =>
      planWanted(runtime, change, signal),
    );
  }

  /** The proposal where it waits, or where `fine` says so; one whose time is over expires first. Rejects with NotFound and Conflict. */
  async #open(id: string, fine: (proposal: StoredProposal) => boolean): Promise<StoredProposal> {
    await this.#expire();
    const proposal = this.#ledger.find(id);
    if (proposal.state === 'waiting' || fine(proposal)) return proposal;
    const { state, decision } = proposal;
    const why = decision?.why === undefined ? '' : `: ${decision.why}`;
    throw new ClarityError('Conflict', `${id} does not wait any more, it is ${state}${why}`);
  }

  async #expire(): Promise<void> {
    const now = this.#deps.clock.now();
    for (const proposal of this.#ledger.waiting)
      if (proposal.agreed === undefined && proposal.expiresAtMs <= now)
        await this.#decide(proposal, 'expired', { by: RUNTIME, why: 'nobody decided within 7 days' });
    await this.#ledger.trim(now);
  }

  #decide(
    proposal: StoredProposal,
    state: ProposalState,
    decision: { by: string; atMs?: number; why?: string },
  ): Promise<Proposal> {
    const { agreed: _, ...rest } = proposal;
    return this.#tell({ ...rest, state, decision: { atMs: this.#deps.clock.now(), ...decision } });
  }

  /** Keeps it, then tells everybody. */
  async #tell(proposal: StoredProposal): Promise<Proposal> {
    await this.#ledger.save(proposal);
    const told = seen(proposal);
    announce(this.#deps.events, told);
    this.#watch();
    for (const listener of [...this.#listeners]) this.#hand(listener, told);
    return told;
  }

  /** What a listener does wrong undoes no decision. */
  #hand(listener: (proposal: Proposal) => void, told: Proposal): void {
    try {
      listener(told);
    } catch (error) {
      this.#deps.logger.warn('a listener of proposals failed', { error });
    }
  }

  /** Sets the timer to the next one that expires; at least once a day, when old ones are forgotten. */
  #watch(): void {
    this.#timer?.();
    const { all, waiting } = this.#ledger;
    if (this.#end.signal.aborted || all.length === 0) return;
    const ends = waiting.filter(({ agreed }) => agreed === undefined).map(({ expiresAtMs }) => expiresAtMs);
    const next = Math.min(...ends) - this.#deps.clock.now();
    this.#timer = this.#deps.clock.after(Math.min(Math.max(next, LOOK_AGAIN_MS), DAY_MS), () => {
      this.#inBackground(() => this.#expire());
    });
  }

  #inBackground(work: () => Promise<unknown>): void {
    this.#inTurn(work)
      .catch((error: unknown) => this.#deps.logger.warn('a proposal was left as it is', { error }))
      .finally(() => this.#watch());
  }

  /** One after the other: each plans against what the one before it has written. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function agreedOf({ agreed }: StoredProposal): { readonly by: string; readonly atMs?: number } {
  return agreed ?? { by: RUNTIME };
}
