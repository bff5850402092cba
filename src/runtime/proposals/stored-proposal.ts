import type { ProposalRow } from '../../reconcile/ports.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import type { Proposal } from '../types.ts';

/** A proposal as it is kept: also that somebody has agreed while it is not known yet that it was written. */
export interface StoredProposal extends Proposal {
  readonly agreed?: { readonly by: string; readonly atMs: number };
}

/** The row of the store. */
export function toRow(proposal: StoredProposal): ProposalRow {
  const { id, createdAtMs } = proposal;
  return { id, createdAtMs, proposal: JSON.parse(JSON.stringify(proposal)) as JsonObject };
}

/** The proposal of a row; nothing where a member is missing, as in what another build wrote. */
export function fromRow({ id, proposal }: ProposalRow): readonly StoredProposal[] {
  const { state, change, plan, planHash, createdAtMs, expiresAtMs } = proposal;
  const whole =
    typeof state === 'string' &&
    isJsonObject(change) &&
    Array.isArray(plan) &&
    typeof planHash === 'string' &&
    typeof createdAtMs === 'number' &&
    typeof expiresAtMs === 'number' &&
    proposal.id === id;
  return whole ? [proposal as unknown as StoredProposal] : [];
}

/** What everybody else sees of it. */
export function seen({ agreed: _, ...proposal }: StoredProposal): Proposal {
  return proposal;
}
