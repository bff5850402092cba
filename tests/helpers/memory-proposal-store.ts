import type { ProposalRow, ProposalStore } from '../../src/reconcile/ports.ts';

/** A store of proposals that survives the daemons of a test; `refuses` makes the next writes fail. */
export class MemoryProposalStore implements ProposalStore {
  readonly rows = new Map<string, ProposalRow>();
  refuses = false;

  loadProposals(): readonly ProposalRow[] {
    return [...this.rows.values()];
  }

  async saveProposal(row: ProposalRow): Promise<void> {
    await this.#take();
    this.rows.set(row.id, row);
  }

  async forgetProposals(ids: readonly string[]): Promise<void> {
    await this.#take();
    for (const id of ids) this.rows.delete(id);
  }

  async #take(): Promise<void> {
    await Promise.resolve();
    if (this.refuses) throw new Error('the disk is full');
  }
}
