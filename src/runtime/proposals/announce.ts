import type { EventSink } from '../../reconcile/ports.ts';
import { oneLine } from '../../shared/text.ts';
import type { Proposal, ProposalState } from '../types.ts';

const KINDS: Readonly<Record<ProposalState, string>> = {
  waiting: 'proposal.created',
  approved: 'proposal.approved',
  rejected: 'proposal.rejected',
  outdated: 'proposal.outdated',
  expired: 'proposal.expired',
  failed: 'proposal.failed',
};
const LOUD: readonly ProposalState[] = ['outdated', 'failed'];

/** The event of a proposal's state: of the service that it is about, where that is one. */
export function announce(events: EventSink, { id, state, plan, by, tool, planHash, decision }: Proposal): void {
  const names = plan.map(({ kind, name }) => `${kind} "${name}"`).join(', ');
  const what = `${id} of ${by} through ${tool}: ${oneLine(names, 300)}`;
  const why = decision?.why === undefined ? '' : ` (${decision.why})`;
  const said = state === 'waiting' ? `waits; look with clarityctl proposals ${id}` : `${state}${why}`;
  const [only, ...more] = plan.filter(({ kind }) => kind === 'MCPService');
  events.emit({
    kind: KINDS[state],
    level: LOUD.includes(state) ? 'warn' : 'info',
    ...(only !== undefined && more.length === 0 ? { identity: only.name } : {}),
    message: `proposal ${what} ${said}`,
    data: { proposal: id, state, planHash },
  });
}
