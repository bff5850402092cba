import type { FastifyInstance } from 'fastify';
import type { Items, RemovePolicyAnswer } from '../../wire/answers.ts';
import { forceBody, nameParams, noQuery, type ForceBody, type NameParams } from '../../wire/requests.ts';
import type { PolicyItem } from '../../wire/types.ts';
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

  app.delete<{ Params: NameParams; Body: ForceBody }>(
    '/api/policies/:name',
    {
      schema: { params: nameParams, querystring: noQuery, body: forceBody },
      config: { summary: 'Deletes the policy’s document.', answer: 'RemovePolicyAnswer' },
    },
    async ({ params, body }): Promise<RemovePolicyAnswer> => {
      const { file } = await runtime.removePolicy(params.name, { force: body.force ?? false });
      return { removed: true, name: params.name, file };
    },
  );
}
