import type { FastifyInstance } from 'fastify';
import type { Proposal } from '../../runtime/types.ts';
import type { Items, ProposalAnswer } from '../../wire/answers.ts';
import {
  approveBody,
  noQuery,
  proposalParams,
  proposalsQuery,
  rejectBody,
  type ApproveBody,
  type IdParams,
  type ProposalsQuery,
  type RejectBody,
} from '../../wire/requests.ts';
import type { ProposalItem } from '../../wire/types.ts';
import type { RouteContext } from '../deps.ts';
import { fleetSecrets } from '../mask.ts';
import { presentProposal, presentProposalRecord } from '../present-proposal.ts';

/** One token, one principal: whoever passed the doors decides. */
const DECIDER = 'operator';

/** Changes that wait for a person: the only door through which they are decided. */
export function proposalRoutes(app: FastifyInstance, { proposals, runtime }: RouteContext): void {
  const answer = (proposal: Proposal): ProposalAnswer => ({
    proposal: presentProposalRecord(proposal, fleetSecrets(runtime.list())),
  });

  app.get<{ Querystring: ProposalsQuery }>(
    '/api/proposals',
    {
      schema: { querystring: proposalsQuery },
      config: { summary: 'Changes that wait for a person or did, the newest first.', answer: 'Items<ProposalItem>' },
    },
    ({ query: { state } }): Items<ProposalItem> => ({
      items: proposals
        .list()
        .filter((proposal) => state === undefined || proposal.state === state)
        .map(presentProposal),
    }),
  );

  app.get<{ Params: IdParams }>(
    '/api/proposals/:id',
    {
      schema: { params: proposalParams, querystring: noQuery },
      config: { summary: 'One proposal with its text and what it would do.', answer: 'ProposalAnswer' },
    },
    ({ params }): ProposalAnswer => answer(proposals.get(params.id)),
  );

  app.post<{ Params: IdParams; Body: ApproveBody }>(
    '/api/proposals/:id/approve',
    {
      schema: { params: proposalParams, querystring: noQuery, body: approveBody },
      config: {
        summary: 'Writes what was proposed; 409 where it would do something else by now, and it is outdated then.',
        answer: 'ProposalAnswer',
      },
    },
    async ({ params, body: { planHash } }): Promise<ProposalAnswer> =>
      answer(await proposals.approve(params.id, { planHash, by: DECIDER })),
  );

  app.post<{ Params: IdParams; Body: RejectBody }>(
    '/api/proposals/:id/reject',
    {
      schema: { params: proposalParams, querystring: noQuery, body: rejectBody },
      config: { summary: 'Refuses it for good; nothing is written.', answer: 'ProposalAnswer' },
    },
    async ({ params, body: { why } }): Promise<ProposalAnswer> =>
      answer(await proposals.reject(params.id, { by: DECIDER, ...(why === undefined ? {} : { why }) })),
  );
}
