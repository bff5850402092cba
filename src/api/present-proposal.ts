import { maskEntryValues, parseManifests } from '../manifest/index.ts';
import type { PlannedChange, Proposal, WantedChange } from '../runtime/types.ts';
import type { PlanItem, ProposalItem, ProposalRecord } from '../wire/types.ts';
import { maskPatch, secretValues } from './mask.ts';
import { presentChange } from './present-plan.ts';
import { iso } from './present.ts';

/** A proposal as GET /api/proposals tells it. */
export function presentProposal(proposal: Proposal): ProposalItem {
  const { id, state, change, plan, by, tool, planHash, createdAtMs, expiresAtMs, decision } = proposal;
  const { by: decider, atMs = 0, why } = decision ?? {};
  return {
    id,
    state,
    change: change.kind,
    documents: plan.map(({ kind, name, outcome, actions }) => ({ kind, name, outcome, actions: [...actions] })),
    by,
    tool,
    planHash,
    createdAt: iso(createdAtMs),
    expiresAt: iso(expiresAtMs),
    ...(decider === undefined
      ? {}
      : { decision: { by: decider, at: iso(atMs), ...(why === undefined ? {} : { why }) } }),
  };
}

/** The same with what it asks for and its whole plan; `secrets`: what is masked beside its own. */
export function presentProposalRecord(proposal: Proposal, secrets: readonly string[]): ProposalRecord {
  const { change, plan } = proposal;
  const all = new Set([...secrets, ...ownSecrets(change)]);
  return { ...presentProposal(proposal), ...asked(change), plan: plan.map((item) => shown(item, change, all)) };
}

function asked(change: WantedChange): Pick<ProposalRecord, 'text' | 'folder'> {
  if (change.kind === 'remove') return {};
  const { text, folder } = change;
  return { text: maskEntryValues(text), ...(folder === undefined ? {} : { folder }) };
}

function ownSecrets(change: WantedChange): readonly string[] {
  if (change.kind === 'remove') return [];
  return parseManifests('manifest', change.text).documents.flatMap(({ raw }) => secretValues(raw));
}

/** A line that was proposed is masked where its value stands, and nowhere else: what is to be agreed to cannot hide behind a mask. */
function shown(item: PlannedChange, change: WantedChange, secrets: ReadonlySet<string>): PlanItem {
  const presented = presentChange(item, secrets);
  if (change.kind === 'remove') return presented;
  const lines = maskedLines(change.text);
  const patch = item.patch.split('\n').map((line) => {
    const own = line.startsWith('+') ? lines.get(line.slice(1)) : undefined;
    return own === undefined ? maskPatch(line, secrets) : `+${own}`;
  });
  return { ...presented, patch: patch.join('\n') };
}

/** Each line of a text with its masked form; of equal lines the one that hides something. */
function maskedLines(text: string): ReadonlyMap<string, string> {
  const masked = maskEntryValues(text).split('\n');
  const lines = new Map<string, string>();
  text.split('\n').forEach((line, index) => {
    const other = masked[index] ?? '';
    if (!lines.has(line) || other !== line) lines.set(line, other);
  });
  return lines;
}
