import { randomBytes } from 'node:crypto';
import type { ProposalStore } from '../../reconcile/ports.ts';
import { ClarityError } from '../../shared/errors.ts';
import { oneLine } from '../../shared/text.ts';
import { superfluous } from './keep.ts';
import { fromRow, toRow, type StoredProposal } from './stored-proposal.ts';

/** Characters of one proposal as JSON: change and plan. */
const MAX_SIZE = 262_144;

/** Every proposal that is kept; what is said of one is in the store before it is here. */
export class Ledger {
  readonly #store: ProposalStore;
  /** In the order of their making. */
  readonly #kept = new Map<string, { readonly proposal: StoredProposal; readonly size: number }>();

  constructor(store: ProposalStore) {
    this.#store = store;
    for (const proposal of store.loadProposals().flatMap(fromRow)) this.#remember(proposal);
  }

  /** The oldest first. */
  get all(): readonly StoredProposal[] {
    return [...this.#kept.values()].map(({ proposal }) => proposal);
  }

  get waiting(): readonly StoredProposal[] {
    return this.all.filter(({ state }) => state === 'waiting');
  }

  /** Throws NotFound. */
  find(id: string): StoredProposal {
    const found = this.#kept.get(id);
    if (found === undefined) throw new ClarityError('NotFound', `there is no proposal "${oneLine(id, 80)}"`);
    return found.proposal;
  }

  newId(): string {
    const id = `p_${randomBytes(6).toString('hex')}`;
    return this.#kept.has(id) ? this.newId() : id;
  }

  /** Resolves after the commit. Rejects with PayloadTooLarge where nobody could look at so much. */
  async save(proposal: StoredProposal): Promise<void> {
    if (!this.#kept.has(proposal.id) && JSON.stringify(proposal).length > MAX_SIZE)
      throw new ClarityError('PayloadTooLarge', 'the change is too large to be looked at by a person (256 KiB)');
    await this.#store.saveProposal(toRow(proposal));
    this.#remember(proposal);
  }

  /** Lets go of what is too old or too much. */
  async trim(nowMs: number): Promise<void> {
    const newestFirst = [...this.#kept.values()].reverse().map(({ proposal, size }) => {
      const { id, state, decision, createdAtMs } = proposal;
      return { id, waits: state === 'waiting', atMs: decision?.atMs ?? createdAtMs, size };
    });
    const gone = superfluous(newestFirst, nowMs);
    if (gone.length === 0) return;
    await this.#store.forgetProposals(gone);
    for (const id of gone) this.#kept.delete(id);
  }

  #remember(proposal: StoredProposal): void {
    this.#kept.set(proposal.id, { proposal, size: JSON.stringify(proposal).length });
  }
}
