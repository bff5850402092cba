import type { FastifyInstance } from 'fastify';
import type { Items, RemovePolicyAnswer } from '../../wire/answers.ts';
import {
  commitQuery,
  forceBody,
  nameParams,
  noQuery,
  type CommitQuery,
  type ForceBody,
  type NameParams,
} from '../../wire/requests.ts';
import type { PolicyItem } from '../../wire/types.ts';
import { presentCommitted, writingOf } from '../commit-wish.ts';
import type { RouteContext } from '../deps.ts';
import { presentPolicy } from '../present-source.ts';

/** `kind: Policy` documents. */
export function policyRoutes(app: FastifyInstance, { runtime }: RouteContext): void {
  app.get(
    '/api/policies',
    {
      schema: { querystring: noQuery },
      config: { summary: 'The policies and who uses them.', answer: 'Items<PolicyItem>' },
    },
    (): Items<PolicyItem> => ({ items: runtime.policies().map(presentPolicy) }),
  );

  app.delete<{ Params: NameParams; Querystring: CommitQuery; Body: ForceBody }>(
    '/api/policies/:name',
    {
      schema: { params: nameParams, querystring: commitQuery, body: forceBody },
      config: { summary: 'Deletes the policy’s document.', answer: 'RemovePolicyAnswer' },
    },
    async ({ params, query, body }): Promise<RemovePolicyAnswer> => {
      const options = { force: body.force ?? false, ...writingOf(body, query) };
      const { file, commit } = await runtime.removePolicy(params.name, options);
      return { removed: true, name: params.name, file, ...presentCommitted(commit) };
    },
  );
}
