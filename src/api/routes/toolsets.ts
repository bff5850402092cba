import type { FastifyInstance } from 'fastify';
import type { Items, RemovePolicyAnswer, ToolsetAnswer } from '../../wire/answers.ts';
import {
  commitQuery,
  forceBody,
  noQuery,
  toolsetParams,
  type CommitQuery,
  type ForceBody,
  type NameParams,
} from '../../wire/requests.ts';
import type { ToolsetItem } from '../../wire/types.ts';
import { presentCommitted, writingOf } from '../commit-wish.ts';
import type { RouteContext } from '../deps.ts';
import { presentToolset, presentToolsetRecord } from '../present-toolset.ts';

/** `kind: Toolset` documents. */
export function toolsetRoutes(app: FastifyInstance, { runtime }: RouteContext): void {
  app.get(
    '/api/toolsets',
    {
      schema: { querystring: noQuery },
      config: { summary: 'The toolsets and what their clients get.', answer: 'Items<ToolsetItem>' },
    },
    (): Items<ToolsetItem> => ({ items: runtime.toolsets().map(presentToolset) }),
  );

  app.get<{ Params: NameParams }>(
    '/api/toolsets/:name',
    {
      schema: { params: toolsetParams, querystring: noQuery },
      config: { summary: 'One toolset with its tools.', answer: 'ToolsetAnswer' },
    },
    ({ params }): ToolsetAnswer => ({ toolset: presentToolsetRecord(runtime.toolset(params.name)) }),
  );

  app.delete<{ Params: NameParams; Querystring: CommitQuery; Body: ForceBody }>(
    '/api/toolsets/:name',
    {
      schema: { params: toolsetParams, querystring: commitQuery, body: forceBody },
      config: { summary: 'Deletes the toolset’s document.', answer: 'RemovePolicyAnswer' },
    },
    async ({ params, query, body }): Promise<RemovePolicyAnswer> => {
      const options = { force: body.force ?? false, ...writingOf(body, query) };
      const { file, commit } = await runtime.removeToolset(params.name, options);
      return { removed: true, name: params.name, file, ...presentCommitted(commit) };
    },
  );
}
